"""What happened to the bills we follow, kept once each, and who is told of it."""
