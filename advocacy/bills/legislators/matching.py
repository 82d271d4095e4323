"""Which legislator a name on a bill is: by id first, then by a person's word, then by the exact name."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.legislators.facts import folded
from advocacy.bills.legislators.models import Legislator, LegislatorName, NameSaid
from advocacy.bills.snapshot import SponsorFact


@dataclass(frozen=True)
class Match:
    """Who a name is, and how we know; nobody where it is not sure. `likely` are those who share the name."""

    legislator: Legislator | None
    how: str
    likely: tuple[UUID, ...] = ()


NOBODY = Match(None, "")


def match(session: Session, jurisdiction: str, sponsors: Collection[SponsorFact]) -> dict[SponsorFact, Match]:
    """Who each of these is, in three questions to the database. An ambiguous name is nobody."""
    by_code = _by_code(session, {one.person_code for one in sponsors} - {""})
    left = [one for one in sponsors if one.person_code not in by_code]
    named = by_names(session, jurisdiction, [one.name for one in left])
    said = _said(session, jurisdiction, {folded(one.name) for one in left})
    people = _by_id(session, {id for ids in (*named.values(), said.values()) for id in ids})
    found = {one: Match(by_code[one.person_code], "id") for one in sponsors if one.person_code in by_code}
    for one in left:
        name = folded(one.name)
        likely = tuple(people[id] for id in named.get(name, ()))
        found[one] = Match(people[said[name]], "said") if name in said else _by_name(likely, one)
    return found


def _by_name(likely: Sequence[Legislator], sponsor: SponsorFact) -> Match:
    if len(likely) > 1 and sponsor.district:
        there = [one for one in likely if one.district == sponsor.district]
        likely = there if len(there) == 1 else likely
    if len(likely) == 1:
        return Match(likely[0], "name")
    return Match(None, "", tuple(one.id for one in likely))


def by_names(
    session: Session, jurisdiction: str, names: Iterable[str], chamber: str = ""
) -> dict[str, tuple[UUID, ...]]:
    """Whoever bears each of these names in one place, and one chamber where it is given."""
    wanted = sorted({folded(name) for name in names})
    asked = select(LegislatorName.folded, Legislator.id, Legislator.chamber)
    asked = asked.join(Legislator, Legislator.id == LegislatorName.legislator_id)
    asked = asked.where(Legislator.jurisdiction == jurisdiction, LegislatorName.folded.in_(wanted))
    found: dict[str, tuple[UUID, ...]] = {}
    for name, id, sits_in in session.execute(asked.order_by(Legislator.code)):
        if chamber in ("", "joint", sits_in):
            found[name] = (*found.get(name, ()), id)
    return found


def _by_code(session: Session, codes: Collection[str]) -> dict[str, Legislator]:
    if not codes:
        return {}
    return {row.code: row for row in session.scalars(select(Legislator).where(Legislator.code.in_(codes)))}


def _said(session: Session, jurisdiction: str, names: Collection[str]) -> dict[str, UUID]:
    if not names:
        return {}
    asked = select(NameSaid).where(NameSaid.jurisdiction == jurisdiction, NameSaid.folded.in_(names))
    return {row.folded: row.legislator_id for row in session.scalars(asked)}


def _by_id(session: Session, ids: Collection[UUID]) -> dict[UUID, Legislator]:
    if not ids:
        return {}
    return {row.id: row for row in session.scalars(select(Legislator).where(Legislator.id.in_(ids)))}
