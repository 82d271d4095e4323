"""Every page of the office, gathered, so that opening the door opens all of them."""

from advocacy.web.office import (
    bill_entries,
    bills,
    campaign_edits,
    campaigns,
    decision_rounds,
    decisions,
    desk,
    door,
    entrance,
    people,
    position_stance,
    position_writing,
    positions,
    roles,
)

office = door.office
PAGES = (
    bill_entries,
    bills,
    campaign_edits,
    campaigns,
    decision_rounds,
    decisions,
    desk,
    entrance,
    people,
    position_stance,
    position_writing,
    positions,
    roles,
)
