"""Those who decide: legislators, their offices, their committees, and who is which name on a bill."""
