"""What may be done with a campaign: start it, move its dates, rewrite the words before it."""

from datetime import datetime
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.models import Bill
from advocacy.bills.queries import bill_by_id, find
from advocacy.campaigns.drafting import Drafting
from advocacy.campaigns.models import (
    Campaign,
    CampaignBill,
    CampaignLetter,
    CampaignPosition,
    InvitationNote,
)
from advocacy.campaigns.playbooks import Playbook
from advocacy.campaigns.queries import campaigns, note, started_by_request
from advocacy.positions.wording import clean_text, clean_title


class BillNotFollowed(Exception):
    """This playbook is about a bill we do not follow yet. Add the bill first, then start the campaign."""


class DatesCrossed(Exception):
    """The last possible time must not come before the time people are told."""


def start(
    session: Session,
    playbook: Playbook,
    *,
    request: str,
    by: UUID,
    now: datetime,
    bill_id: UUID | None = None,
) -> Campaign:
    """Start a campaign: position, letter, testimony and the words before them arrive as drafts of our own.

    The same `request` starts one campaign, however often it comes. `bill_id` names another bill than the one
    the playbook was written for, such as its successor in a new session.
    """
    started = started_by_request(session, request)
    if started is not None:
        return started
    bill = _bill(session, playbook, bill_id)
    try:
        with session.begin_nested():
            campaign = _begin(session, playbook, request, by, now)
    except IntegrityError:
        # The same press came twice at once, and the other one was a moment quicker.
        return _the_quicker_one(session, request)
    _copy(session, playbook, campaign, Drafting(session, playbook, bill, by, now))
    audit.record(session, "campaign.start", actor=by, about="campaign", id=campaign.id, why=playbook.name)
    return campaign


def _the_quicker_one(session: Session, request: str) -> Campaign:
    started = started_by_request(session, request)
    assert started is not None
    return started


def _bill(session: Session, playbook: Playbook, bill_id: UUID | None) -> Bill | None:
    if bill_id is not None:
        return bill_by_id(session, bill_id)
    if playbook.bill is None:
        return None
    bill = find(session, playbook.bill.key)
    if bill is None:
        raise BillNotFollowed(f"{BillNotFollowed.__doc__} It is {playbook.bill.key.reference}.")
    return bill


def _begin(session: Session, playbook: Playbook, request: str, by: UUID, now: datetime) -> Campaign:
    campaign = Campaign(
        id=uuid4(),
        title=_own_title(session, playbook.title),
        summary=playbook.summary,
        playbook=playbook.name,
        request=request,
        zone=playbook.zone,
        soft_at=playbook.soft.instant(now, playbook.zone),
        hard_at=playbook.hard.instant(now, playbook.zone),
        begun_by=by,
        begun_at=now,
    )
    session.add(campaign)
    session.flush()
    return campaign


def _own_title(session: Session, title: str) -> str:
    """The playbook's title, or the first after it that no campaign bears: who prints picks by name."""
    taken = {row.title for row in campaigns(session)}
    later = (f"{title} ({n})" for n in count(2))
    return title if title not in taken else next(one for one in later if one not in taken)


def _copy(session: Session, playbook: Playbook, campaign: Campaign, drafts: Drafting) -> None:
    position_id = drafts.position()
    session.add(CampaignPosition(campaign_id=campaign.id, position_id=position_id))
    for letter_id in drafts.letters():
        session.add(CampaignLetter(campaign_id=campaign.id, letter_id=letter_id))
    if drafts.bill is not None:
        session.add(CampaignBill(campaign_id=campaign.id, bill_id=drafts.bill.id))
    for words in playbook.notes:
        text = words.text.about(drafts.names)
        write_note(
            session,
            campaign.id,
            words.language,
            title=text.title,
            body=text.body,
            by=drafts.by,
            now=drafts.now,
        )
    session.flush()


def write_note(
    session: Session, campaign_id: UUID, language: str, *, title: str, body: str, by: UUID, now: datetime
) -> InvitationNote:
    """Rewrite what invited people read before the letter. Earlier words are kept; the same are kept once."""
    title, body = clean_title(title), clean_text(body)
    session.get_one(Campaign, campaign_id, with_for_update=True)
    last = note(session, campaign_id, language)
    if last is not None and (last.title, last.body) == (title, body):
        return last
    written = InvitationNote(
        id=uuid4(),
        campaign_id=campaign_id,
        language=language,
        n=last.n + 1 if last else 1,
        title=title,
        body=body,
        written_by=by,
        written_at=now,
    )
    session.add(written)
    session.flush()
    return written


def set_dates(session: Session, campaign_id: UUID, *, soft_at: datetime, hard_at: datetime, by: UUID) -> None:
    """Move the two closing times of a campaign."""
    if hard_at < soft_at:
        raise DatesCrossed
    campaign = session.get_one(Campaign, campaign_id)
    if (campaign.soft_at, campaign.hard_at) != (soft_at, hard_at):
        campaign.soft_at, campaign.hard_at = soft_at, hard_at
        audit.record(session, "campaign.dates", actor=by, about="campaign", id=campaign_id)
        session.flush()
