"""Reads legislators and committees: those of a day, what is before them, and which names are nobody's yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from advocacy.bills.legislators.facts import Role
from advocacy.bills.legislators.matching import match
from advocacy.bills.legislators.models import (
    Committee,
    Legislator,
    LegislatorOffice,
    NameSaid,
    PeopleReading,
    Seat,
)
from advocacy.bills.models import Bill, Referral, Sponsorship
from advocacy.bills.page import BillName, BillPage
from advocacy.bills.snapshot import SponsorFact

_CHAMBERS = {"house": "lower", "senate": "upper"}
_ORDER = {Role.CHAIR: 0, Role.RANKING: 1, Role.VICE: 2, Role.MEMBER: 3}


@dataclass(frozen=True)
class Member:
    """One seat of a committee on a day; without `legislator` it is a name that is nobody's yet."""

    seat: Seat
    legislator: Legislator | None


@dataclass(frozen=True)
class Unmatched:
    """A name on bills, or on a committee, that we cannot place. `likely` share it."""

    jurisdiction: str
    name: str
    bills: int
    likely: tuple[UUID, ...]


@dataclass(frozen=True)
class Deciding:
    """Which legislator and committee the names on a bill's page are; a name left out is nobody's yet."""

    people: Mapping[SponsorFact, UUID]
    committees: Mapping[str, UUID]


def deciding_on(session: Session, page: BillPage) -> Deciding:
    """Who carries a bill, and which committees have it, as far as we know them."""
    names = (*page.sponsors, *page.cosponsors)
    found = match(session, page.key.jurisdiction, names) if names else {}
    codes = {one.code.casefold() for one in page.committees} - {""}
    return Deciding(
        {one: who.legislator.id for one, who in found.items() if who.legislator},
        {one.code: one.id for one in committees_with_codes(session, codes)},
    )


def legislator_by_id(session: Session, legislator_id: UUID) -> Legislator | None:
    """The legislator with this id, when there is one."""
    return session.get(Legislator, legislator_id)


def committee_by_id(session: Session, committee_id: UUID) -> Committee | None:
    """The committee with this id, when there is one."""
    return session.get(Committee, committee_id)


def legislators(session: Session, jurisdiction: str) -> Sequence[Legislator]:
    """Everybody who sits in the legislature of a place, by surname."""
    asked = select(Legislator).where(Legislator.jurisdiction == jurisdiction, Legislator.gone_on.is_(None))
    return session.scalars(asked.order_by(Legislator.surname, Legislator.name)).all()


def committees(session: Session, jurisdiction: str) -> Sequence[Committee]:
    """Every committee of a place that there still is, the whole ones first."""
    asked = select(Committee).where(Committee.jurisdiction == jurisdiction, Committee.gone_on.is_(None))
    return session.scalars(asked.order_by(Committee.parent != "", Committee.chamber, Committee.name)).all()


def committees_with_codes(session: Session, codes: Collection[str]) -> Sequence[Committee]:
    """The committees with these codes."""
    return session.scalars(select(Committee).where(Committee.code.in_(codes))).all() if codes else ()


def parts_of(session: Session, committee: Committee) -> Sequence[Committee]:
    """The subcommittees of a committee."""
    asked = select(Committee).where(Committee.parent == committee.code, Committee.gone_on.is_(None))
    return session.scalars(asked.order_by(Committee.name)).all()


def readings(session: Session) -> Sequence[PeopleReading]:
    """When the files of each place were last taken in, and from where."""
    return session.scalars(select(PeopleReading).order_by(PeopleReading.jurisdiction)).all()


def members_on(session: Session, committee_id: UUID, day: date) -> tuple[Member, ...]:
    """Who sat on a committee on a day: the chair, the ranking member, then the others by rank."""
    asked = select(Seat, Legislator).join(Legislator, Legislator.id == Seat.legislator_id, isouter=True)
    asked = asked.where(Seat.committee_id == committee_id, Seat.from_on <= day)
    asked = asked.where(or_(Seat.gone_on.is_(None), Seat.gone_on > day))
    found = [Member(seat, person) for seat, person in session.execute(asked)]
    return tuple(sorted(found, key=_place_of))


def _place_of(member: Member) -> tuple[int, str, int, str]:
    seat = member.seat
    return _ORDER[Role(seat.role)], seat.side, seat.rank, seat.name


def leaders(members: Collection[Member]) -> tuple[Member, ...]:
    """The chair and the ranking member; where the file knows no ranking member, the vice chairs."""
    roles = {member.seat.role for member in members}
    wanted = {Role.CHAIR, Role.RANKING if Role.RANKING in roles else Role.VICE}
    return tuple(member for member in members if member.seat.role in wanted)


def offices_of(
    session: Session, legislator_ids: Collection[UUID]
) -> dict[UUID, tuple[LegislatorOffice, ...]]:
    """The rooms each of these has today, the one at the capitol first."""
    asked = select(LegislatorOffice).where(LegislatorOffice.legislator_id.in_(legislator_ids))
    asked = asked.where(LegislatorOffice.gone_on.is_(None))
    found: dict[UUID, tuple[LegislatorOffice, ...]] = {}
    for row in session.scalars(asked.order_by(LegislatorOffice.kind, LegislatorOffice.address)):
        found[row.legislator_id] = (*found.get(row.legislator_id, ()), row)
    return found


def seats_of(session: Session, legislator_id: UUID) -> tuple[tuple[Seat, Committee], ...]:
    """The seats somebody holds or held: those of today first."""
    asked = select(Seat, Committee).join(Committee, Committee.id == Seat.committee_id)
    asked = asked.where(Seat.legislator_id == legislator_id)
    asked = asked.order_by(Seat.gone_on.is_not(None), Committee.parent != "", Committee.name)
    return tuple((seat, committee) for seat, committee in session.execute(asked))


def bills_before(session: Session, committee: Committee) -> tuple[BillName, ...]:
    """The bills of ours that a committee has."""
    asked = select(Bill.id, Bill.identifier, Bill.title).join(Referral, Referral.bill_id == Bill.id)
    asked = asked.where(Referral.gone_at.is_(None), Bill.jurisdiction == committee.jurisdiction)
    named = (Referral.code == "") & Referral.name.in_([committee.name, *committee.names])
    asked = asked.where(or_(func.lower(Referral.code) == committee.code, named)).distinct()
    return tuple(BillName(*row) for row in session.execute(asked.order_by(Bill.identifier)))


def committees_having(session: Session, bill_ids: Collection[UUID]) -> tuple[Committee, ...]:
    """The committees these bills are with, as far as we know them: by code, else by their exact name."""
    asked = select(Bill.jurisdiction, Referral).join(Referral, Referral.bill_id == Bill.id)
    asked = asked.where(Bill.id.in_(bill_ids), Referral.gone_at.is_(None)).order_by(Referral.id)
    found: dict[Committee, None] = {}
    for place, referral in session.execute(asked):
        for one in _committees_called(session, place, referral):
            found[one] = None
    return tuple(sorted(found, key=lambda one: (one.chamber, one.name)))


def _committees_called(session: Session, place: str, referral: Referral) -> Sequence[Committee]:
    if referral.code:
        return committees_with_codes(session, [referral.code.casefold()])
    here = (
        one for one in committees(session, place) if one.chamber == referral.chamber or not referral.chamber
    )
    name = referral.name.casefold()
    return [one for one in here if name in {called.casefold() for called in (one.name, *one.names)}]


def bills_carried(session: Session, person: Legislator) -> tuple[tuple[BillName, bool], ...]:
    """The bills of ours somebody's name is on by id, and whether they lead it."""
    asked = select(Bill.id, Bill.identifier, Bill.title, Sponsorship.leads)
    asked = asked.join(Sponsorship, Sponsorship.bill_id == Bill.id)
    asked = asked.where(Sponsorship.person_code == person.code, Sponsorship.gone_at.is_(None))
    asked = asked.where(Sponsorship.withdrawn_on.is_(None)).order_by(Bill.identifier)
    return tuple((BillName(id, name, title), leads) for id, name, title, leads in session.execute(asked))


def unmatched(session: Session) -> tuple[Unmatched, ...]:
    """Every name on our bills, and on committees, that is nobody we know; of the places we know people of."""
    places = set(session.scalars(select(PeopleReading.jurisdiction)))
    count = func.count(Sponsorship.bill_id.distinct())
    who = (Bill.jurisdiction, Sponsorship.name, Sponsorship.person_code, Sponsorship.district)
    asked = select(*who, count).join(Bill, Bill.id == Sponsorship.bill_id)
    asked = asked.where(Sponsorship.gone_at.is_(None), Bill.jurisdiction.in_(places))
    told: dict[str, dict[SponsorFact, int]] = {}
    for place, name, code, district, bills in session.execute(asked.group_by(*who)):
        told.setdefault(place, {})[SponsorFact(name, person_code=code, district=district)] = bills
    for place, name in session.execute(_seats_of_nobody()):
        told.setdefault(place, {}).setdefault(SponsorFact(name), 0)
    return tuple(
        Unmatched(place, one.name, names[one], found.likely)
        for place, names in sorted(told.items())
        for one, found in sorted(match(session, place, names).items(), key=lambda pair: pair[0].name)
        if found.legislator is None
    )


def _seats_of_nobody() -> Select[str, str]:
    asked = select(Committee.jurisdiction, Seat.name).join(Committee, Committee.id == Seat.committee_id)
    return asked.where(Seat.legislator_id.is_(None), Seat.gone_on.is_(None)).distinct()


def words_kept(session: Session) -> tuple[tuple[NameSaid, Legislator], ...]:
    """Who somebody of us said a name is."""
    asked = select(NameSaid, Legislator).join(Legislator, Legislator.id == NameSaid.legislator_id)
    rows = session.execute(asked.order_by(NameSaid.jurisdiction, NameSaid.folded))
    return tuple((said, person) for said, person in rows)
