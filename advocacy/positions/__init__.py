"""What the network thinks: each position in versions that never change, with a stance on each bill.

A version is agreed to in a decision. Named people answer for themselves, nobody's silence is taken for a
yes, and nobody approves alone what they wrote.
"""
