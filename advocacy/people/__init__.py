"""Everyone the network knows: the roster, who may do what until when, and how far each may be shown.

Names and addresses are sealed from the first row on. Nothing in this room knows who signed what.
"""
