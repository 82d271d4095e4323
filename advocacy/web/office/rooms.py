"""Every page of the office, gathered, so that opening the door opens all of them."""

from advocacy.web.office import (
    bill_entries,
    bills,
    campaign_edits,
    campaigns,
    desk,
    door,
    entrance,
    people,
    roles,
)

office = door.office
PAGES = (
    bill_entries,
    bills,
    campaign_edits,
    campaigns,
    desk,
    entrance,
    people,
    roles,
)
