"""What anybody may see: letters that were delivered, and whether the machine is well."""
