"""The door for organisations: an emailed key in the body of each step, or a letter's open page. No cookie.

It is not the signer's door: nobody signs here for herself, and nothing here knows who did.
"""
