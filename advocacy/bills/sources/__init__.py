"""The services that publish bills, one file for each, all behind the same small interface."""
