"""The door from an emailed link: read a letter, say how to appear, sign, change, take a name off.

No account and no cookie: whoever holds the key or the code is let in, and each page carries it on in
its form.
"""
