"""Looks again at what we follow: what changed first, politely, and going on where it was stopped."""
