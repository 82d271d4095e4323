"""How a committee and its members are written to: the envelope, the greeting, and whose rules apply."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from advocacy.bills.legislators.facts import Role
from advocacy.bills.legislators.models import Committee, Legislator, LegislatorOffice
from advocacy.bills.legislators.queries import Member, leaders
from advocacy.letters.actions import Office

Rooms = Mapping[UUID, Sequence[LegislatorOffice]]

_VENUES = {("us", "lower"): "us_house", ("us", "upper"): "us_senate"}
_STATE_VENUES = {"md": "md_general_assembly"}
_NO_RULES = "state_legislature"
_BODIES = {("us", "lower"): "U.S. House of Representatives", ("us", "upper"): "United States Senate"}
_DELEGATES = frozenset({"md", "va", "wv"})
_ASSEMBLIES = frozenset({"ca", "nj", "nv", "ny"})


class Whom(StrEnum):
    """Who of a committee gets a letter."""

    LEADERS = "leaders"
    WHOLE = "whole"
    EVERYBODY = "everybody"


def envelopes(committee: Committee, members: Collection[Member], rooms: Rooms, whom: Whom) -> list[Office]:
    """The offices a letter to these members goes to. Whoever is nobody's name yet is left out."""
    if whom is Whom.WHOLE:
        return [_whole(committee, members)]
    chosen = leaders(members) if whom is Whom.LEADERS else members
    return [_member(committee, one, one.legislator, rooms) for one in chosen if one.legislator is not None]


def venue_of(committee: Committee) -> str:
    """Whose rules apply to what a committee gets; where nobody looked them up, those of any state."""
    place = committee.jurisdiction
    return _VENUES.get((place, committee.chamber)) or _STATE_VENUES.get(place, _NO_RULES)


def title_of(person: Legislator) -> str:
    """What a legislator is called in a greeting."""
    if person.chamber == "upper" or person.jurisdiction == "ne":
        return "Senator"
    if person.jurisdiction == "dc":
        return "Councilmember"
    if person.jurisdiction in _DELEGATES:
        return "Delegate"
    return "Assemblymember" if person.jurisdiction in _ASSEMBLIES else "Representative"


def _whole(committee: Committee, members: Collection[Member]) -> Office:
    first = [_called(one, one.legislator) for one in leaders(members) if one.legislator is not None]
    return Office(
        office=_named(committee),
        salutation=f"Dear {', '.join([*first, 'and Members of the Committee' if first else 'Members'])}:",
        address="\n".join(filter(None, (_body(committee), committee.address))),
        venue=venue_of(committee),
    )


def _member(committee: Committee, member: Member, person: Legislator, rooms: Rooms) -> Office:
    room = next(iter(rooms.get(person.id, ())), None)
    office = room if room is not None and room.kind == "capitol" else None
    role = "" if member.seat.role == Role.MEMBER else f"{member.seat.title}, {_named(committee)}"
    return Office(
        office=f"The Honorable {person.name}",
        salutation=f"Dear {_called(member, person)}:",
        address="\n".join(filter(None, (role, _body(committee), office.address if office else ""))),
        venue=venue_of(committee),
        email=office.email or None if office else None,
    )


def _called(member: Member, person: Legislator) -> str:
    title = {Role.CHAIR: "Chair", Role.RANKING: "Ranking Member", Role.VICE: "Vice Chair"}
    return f"{title.get(Role(member.seat.role), title_of(person))} {person.surname}"


def _named(committee: Committee) -> str:
    # "House Committee on X" stands above the name of the House already.
    name = committee.name.removeprefix("House ").removeprefix("Senate ")
    return name if "committee" in name.casefold() else f"Committee on {name}"


def _body(committee: Committee) -> str:
    return _BODIES.get((committee.jurisdiction, committee.chamber), "")
