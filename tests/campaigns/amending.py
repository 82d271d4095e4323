"""A letter that belongs to a campaign on a bill, and the bill getting a new text."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from advocacy.bills.actions import track
from advocacy.bills.snapshot import TextFact
from advocacy.campaigns.models import Campaign, CampaignBill, CampaignLetter
from tests.bills import made
from tests.make import ZONE

BEGAN = TextFact("Introduced in House", date(2026, 3, 2))
REPORTED = TextFact("Reported in House", date(2026, 11, 24))


def about_a_bill(
    session: Session, letter_id: UUID, now: datetime, texts: tuple[TextFact, ...] = (BEGAN,)
) -> UUID:
    """Let a letter be one of a campaign on H.R. 9001; the campaign."""
    bill_id = track(session, made.snapshot(texts=texts), now).bill_id
    campaign = Campaign(
        id=uuid4(),
        title="A sample campaign",
        summary="Ask the House for one thing.",
        playbook="sample",
        request=uuid4().hex,
        zone=ZONE,
        soft_at=now + timedelta(days=11),
        hard_at=now + timedelta(days=15),
        begun_by=uuid4(),
        begun_at=now,
    )
    session.add(campaign)
    session.flush()
    session.add_all(
        [
            CampaignBill(campaign_id=campaign.id, bill_id=bill_id),
            CampaignLetter(campaign_id=campaign.id, letter_id=letter_id),
        ]
    )
    session.flush()
    return campaign.id


def amend(session: Session, now: datetime, *texts: TextFact) -> None:
    """The source tells of a further text of H.R. 9001."""
    tell(session, now, BEGAN, *(texts or (REPORTED,)))


def tell(session: Session, now: datetime, *texts: TextFact) -> None:
    """The source tells of just these texts."""
    track(session, made.snapshot(texts=texts), now)
