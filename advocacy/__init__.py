"""Advocacy: the campaign desk of a survivor-led network.

It drafts positions, follows bills, asks members whether they want to sign a letter, and makes the letters
and testimony that reach an office. It prints nobody's name who did not say so.
"""
