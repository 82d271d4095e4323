"""What goes on from one session to the next: a bill that died, and the one it came back as."""
