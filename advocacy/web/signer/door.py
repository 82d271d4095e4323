"""Every page of the signer's door, gathered, so that opening the door opens all of them."""

from advocacy.web.signer import (
    entry,
    erasing,
    late_page,
    leaving,
    less_page,
    looking,
    lost_page,
    office_page,
    own_leaving,
    paper_page,
    pausing,
    receipt_page,
    renew_page,
    returning,
    signing,
    sooner_page,
    stopping,
    ways_out,
)

signer = entry.signer
PAGES = (
    erasing,
    late_page,
    leaving,
    less_page,
    looking,
    lost_page,
    office_page,
    own_leaving,
    paper_page,
    pausing,
    receipt_page,
    renew_page,
    returning,
    signing,
    sooner_page,
    stopping,
    ways_out,
)
