"""Everything that answers a browser: the signer's door, the public site, and the office.

The three do not know each other. What they share stands beside them: errors, forms, headers and pages.
"""
