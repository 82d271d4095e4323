"""The commands by subject. Each reads its words, calls one action, and answers in plain lines."""
