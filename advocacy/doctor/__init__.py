"""What is wrong or missing in an installation, in plain words, and how to mend it. No name, no address."""
