"""An organisation says yes to one text through somebody who may speak for it, and prints once it was checked.

Nothing here touches a person's sign-on: an organisation has its own links, its own pages and its own words.
"""
