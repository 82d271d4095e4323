"""Every page of the signer's door, gathered, so that opening the door opens all of them."""

from advocacy.web.signer import (
    entry,
    erasing,
    leaving,
    looking,
    lost_page,
    office_page,
    own_leaving,
    paper_page,
    pausing,
    receipt_page,
    returning,
    signing,
    stopping,
    ways_out,
)

signer = entry.signer
PAGES = (
    erasing,
    leaving,
    looking,
    lost_page,
    own_leaving,
    office_page,
    paper_page,
    pausing,
    receipt_page,
    returning,
    signing,
    stopping,
    ways_out,
)
