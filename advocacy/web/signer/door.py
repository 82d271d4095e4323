"""Every page of the signer's door, gathered, so that opening the door opens all of them."""

from advocacy.web.signer import entry, leaving, looking, signing, stopping

signer = entry.signer
PAGES = (leaving, looking, signing, stopping)
