"""How a letter is made: its versions, the offices it goes to, and the paper it is printed on.

A version never changes once written. How paper looks is in the folder `letters/` beside this package.
"""
