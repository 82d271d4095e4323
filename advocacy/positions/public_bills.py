"""What anybody may read of a bill that a position of ours is about. It names no person at all.

A legislature's own words name its members, and a person's word on a stage may name anybody. So the page gives
the stage, days and counts, and leads to the official page for the rest.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.page import BillPage
from advocacy.bills.queries import NoSuchBill, bill_page
from advocacy.bills.refreshing.queries import Age, age_of
from advocacy.positions.public import PublicPosition, PublicStance, public_positions


@dataclass(frozen=True)
class PublicBill:
    """A bill as the network shows it to everybody. `says` is empty where a person said where it stands."""

    identifier: str
    title: str
    place: str
    session: str
    stage: str
    says: str
    laws: tuple[str, ...]
    last_step_on: date | None
    hearings: tuple[tuple[date, str], ...]
    texts: tuple[tuple[str, date | None], ...]
    cosponsors: int
    taken: tuple[tuple[PublicPosition, PublicStance], ...]
    source: str
    source_url: str
    as_of: datetime
    days_old: int
    is_stale: bool


def public_bill(session: Session, bill_id: UUID, today: date, now: datetime) -> PublicBill | None:
    """A bill with a stance everybody may read, as it is known now; nothing for every other bill."""
    taken = tuple(
        (position, stance)
        for position in public_positions(session, now)
        for stance in position.stances
        if stance.bill_id == bill_id
    )
    if not taken:
        return None
    try:
        return _shown(bill_page(session, bill_id, now), taken, today, age_of(session, bill_id, now))
    except NoSuchBill:
        return None


def _shown(
    page: BillPage, taken: tuple[tuple[PublicPosition, PublicStance], ...], today: date, age: Age
) -> PublicBill:
    to_come = [one for one in page.hearings if one.on >= today and not one.cancelled]
    return PublicBill(
        identifier=page.identifier,
        title=page.title,
        place=page.key.jurisdiction.upper(),
        session=page.key.session,
        stage=page.stage,
        says="" if page.override else page.because,
        laws=page.laws,
        last_step_on=page.last_action_on,
        hearings=tuple((one.on, one.committee) for one in to_come if one.source != BY_HAND),
        texts=tuple((one.kind, one.on) for one in page.versions),
        cosponsors=len(page.cosponsors),
        taken=taken,
        source=page.source,
        source_url=page.source_url,
        as_of=age.as_of,
        days_old=age.days_old,
        is_stale=age.is_stale,
    )
