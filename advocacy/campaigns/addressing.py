"""A letter to the committees that have its bills: who that is today, and what changed since it was addressed.

Nothing is re-addressed by itself. Whoever writes to a committee is shown which offices come, go and stay, and
agrees to just those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.legislators.models import Committee
from advocacy.bills.legislators.queries import committees, committees_having, members_on, offices_of
from advocacy.bills.queries import bill_by_id
from advocacy.campaigns.envelopes import Whom, envelopes
from advocacy.campaigns.models import CampaignBill, CampaignLetter, LetterCommittee
from advocacy.letters.actions import Office, set_recipients
from advocacy.letters.models import Recipient
from advocacy.letters.queries import recipients
from advocacy.signons.one_more_office import ask_about_offices


class OthersSitThere(Exception):
    """Other people sit on this committee by now. Please look at them and agree again."""


class NobodySitsThere(Exception):
    """We know nobody of this committee. Type its offices in by hand, or take in its members first."""


@dataclass(frozen=True)
class Addressed:
    """What writing to a committee would do to a letter's offices. `mark` stands for all of it."""

    committee: Committee
    whom: Whom
    offices: tuple[Office, ...]
    coming: tuple[str, ...]
    going: tuple[str, ...]
    staying: tuple[str, ...]

    @property
    def mark(self) -> str:
        """Changes whenever anything shown here does."""
        told = (self.whom, self.offices, self.coming, self.going)
        return sha256(repr(told).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Moved:
    """A committee a letter is addressed to that is not as it was; `has_bill` unless they left it."""

    committee: Committee
    whom: Whom
    said_at: datetime
    coming: tuple[str, ...]
    going: tuple[str, ...]
    has_bill: bool


def bills_of_letter(session: Session, letter_id: UUID) -> Sequence[UUID]:
    """The bills of the campaign that sends a letter."""
    asked = select(CampaignBill.bill_id).order_by(CampaignBill.bill_id)
    asked = asked.join(CampaignLetter, CampaignLetter.campaign_id == CampaignBill.campaign_id)
    return session.scalars(asked.where(CampaignLetter.letter_id == letter_id)).all()


def committees_of_letter(session: Session, letter_id: UUID) -> tuple[Committee, ...]:
    """The committees that have a bill of this letter today, and those it was addressed to."""
    having = committees_having(session, bills_of_letter(session, letter_id))
    before = session.scalars(
        select(Committee)
        .join(LetterCommittee, LetterCommittee.committee_id == Committee.id)
        .where(LetterCommittee.letter_id == letter_id)
    )
    return tuple(dict.fromkeys((*having, *sorted(before, key=lambda one: one.name))))


def other_committees(session: Session, letter_id: UUID) -> tuple[Committee, ...]:
    """Every committee of the places this letter's bills are in."""
    ids = bills_of_letter(session, letter_id)
    places = sorted({bill_by_id(session, id).jurisdiction for id in ids})
    return tuple(one for place in places for one in committees(session, place))


def addressed(session: Session, letter_id: UUID, committee: Committee, whom: Whom, today: date) -> Addressed:
    """What writing to a committee as it is today would change."""
    offices = _offices(session, committee, whom, today)
    now = [row.office for row in recipients(session, letter_id)]
    names = [one.office for one in offices]
    ours = _kept(session, letter_id, committee.id)
    return Addressed(
        committee=committee,
        whom=whom,
        offices=tuple(offices),
        coming=tuple(name for name in names if name not in now),
        going=tuple(name for name in now if name in ours and name not in names),
        staying=tuple(name for name in names if name in now),
    )


def address(
    session: Session,
    letter_id: UUID,
    committee: Committee,
    whom: Whom,
    *,
    mark: str,
    by: UUID,
    now: datetime,
    today: date,
) -> None:
    """Write to a committee just as it was shown. Whoever signed is asked about the new offices alone.

    Raises `OthersSitThere` when what was shown is no longer so, and `NobodySitsThere`. Twice is once.
    """
    found = addressed(session, letter_id, committee, whom, today)
    if not found.offices:
        raise NobodySitsThere(NobodySitsThere.__doc__)
    if not found.coming and not found.going and _is_kept(session, letter_id, found):
        return
    if mark != found.mark:
        raise OthersSitThere(OthersSitThere.__doc__)
    fresh = {one.office: one for one in found.offices}
    stay = [_as_is(row) for row in recipients(session, letter_id) if row.office not in found.going]
    kept = [fresh.pop(one.office, one) for one in stay]
    set_recipients(session, letter_id, [*kept, *fresh.values()])
    row = LetterCommittee(letter_id=letter_id, committee_id=committee.id, whom=whom, said_by=by, said_at=now)
    row.offices = [one.office for one in found.offices]
    session.merge(row)
    audit.record(session, "letter.addressed", actor=by, about="letter", id=letter_id)
    session.flush()
    ask_about_offices(session, letter_id, now)


def moved(session: Session, letter_id: UUID, today: date) -> tuple[Moved, ...]:
    """The committees a letter is addressed to whose members changed, or that its bills have left."""
    asked = select(LetterCommittee, Committee).join(Committee, Committee.id == LetterCommittee.committee_id)
    rows = session.execute(asked.where(LetterCommittee.letter_id == letter_id).order_by(Committee.name)).all()
    having = (
        {one.id for one in committees_having(session, bills_of_letter(session, letter_id))} if rows else set()
    )
    found = (_moved(session, row, committee, committee.id in having, today) for row, committee in rows)
    return tuple(one for one in found if one.coming or one.going or not one.has_bill)


def _moved(
    session: Session, row: LetterCommittee, committee: Committee, has_bill: bool, today: date
) -> Moved:
    names = [one.office for one in _offices(session, committee, Whom(row.whom), today)]
    coming = tuple(name for name in names if name not in row.offices)
    going = tuple(name for name in row.offices if name not in names)
    return Moved(committee, Whom(row.whom), row.said_at, coming, going, has_bill)


def _offices(session: Session, committee: Committee, whom: Whom, today: date) -> list[Office]:
    members = members_on(session, committee.id, today)
    rooms = offices_of(session, [one.legislator.id for one in members if one.legislator is not None])
    return envelopes(committee, members, rooms, whom) if members else []


def _kept(session: Session, letter_id: UUID, committee_id: UUID) -> Sequence[str]:
    row = session.get(LetterCommittee, (letter_id, committee_id))
    return row.offices if row is not None else ()


def _is_kept(session: Session, letter_id: UUID, found: Addressed) -> bool:
    row = session.get(LetterCommittee, (letter_id, found.committee.id))
    return row is not None and row.whom == found.whom and row.offices == [one.office for one in found.offices]


def _as_is(row: Recipient) -> Office:
    return Office(row.office, row.salutation, row.address, row.venue, row.email)
