"""An edition is a letter frozen with its signers, its PDF and its hash; a delivery hands it to an office.

Between the two stands the check: it opens the finished file and looks for anybody who must not be in it.
"""
