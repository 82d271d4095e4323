"""What the pages about bills show beside the facts: a picture, an age, and what we ourselves do about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.bills.by_hand import BY_HAND
from advocacy.bills.legislators.queries import Deciding, deciding_on
from advocacy.bills.lineage.queries import Lineage, lineage_of
from advocacy.bills.page import BillPage, HearingLine
from advocacy.bills.queries import NoSuchBill, bill_page
from advocacy.bills.refreshing.queries import Age, age_of
from advocacy.bills.texts.queries import places_in_texts
from advocacy.campaigns.queries import campaigns_on
from advocacy.positions.continuing import Inherited, inherited
from advocacy.positions.pages import PositionLine, positions_on
from advocacy.web.errors import NotHere
from advocacy.web.office.bill_growth import Growth, growth
from advocacy.web.office.bill_way import Stop, way
from advocacy.web.pages import desk


@dataclass(frozen=True)
class Standing:
    """Where a bill stands, and what to think of our knowledge of it."""

    stops: tuple[Stop, ...]
    is_by_hand: bool
    hearings_to_come: tuple[HearingLine, ...]
    hearings_past: tuple[HearingLine, ...]
    age: Age
    marks: int
    growth: Growth | None


@dataclass(frozen=True)
class Ours:
    """What we do about a bill, and what we did about the same matter in other sessions."""

    positions: tuple[PositionLine, ...]
    campaigns: tuple[tuple[UUID, str], ...]
    lineage: Lineage
    inherited: tuple[Inherited, ...]
    deciding: Deciding


def bill_at(session: Session, bill_id: UUID, now: datetime) -> BillPage:
    """The bill at an address, or `NotHere`."""
    try:
        return bill_page(session, bill_id, now)
    except NoSuchBill as fault:
        raise NotHere from fault


def standing_of(session: Session, page: BillPage, now: datetime) -> Standing:
    """The picture of a bill, its hearings before and after today, and how old all this is."""
    today = desk().today(now)
    return Standing(
        stops=way(page.key, page.stage),
        is_by_hand=page.source == BY_HAND,
        hearings_to_come=tuple(one for one in page.hearings if one.on >= today),
        hearings_past=tuple(one for one in page.hearings if one.on < today),
        age=age_of(session, page.id, now),
        marks=places_in_texts(session, page.id),
        growth=growth(page.cosponsors),
    )


def work_on(session: Session, page: BillPage, now: datetime) -> Ours:
    """The positions and campaigns of ours that are about a bill."""
    return Ours(
        positions=positions_on(session, page.id, now),
        campaigns=tuple((one.id, one.title) for one in campaigns_on(session, page.id)),
        lineage=lineage_of(session, page.id),
        inherited=inherited(session, page.id),
        deciding=deciding_on(session, page),
    )
