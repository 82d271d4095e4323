"""The people files of Open States: one file a legislator, one a committee, in a folder for each place."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from advocacy.bills.legislators.facts import CommitteeFact, OfficeFact, PersonFact, SeatFact, Told, role_of
from advocacy.bills.legislators.yaml_files import BadFile, read_yaml

FAMILY = "openstates-people"
PATH = re.compile(r"(?:^|/)data/([a-z]{2})/(legislature|committees)/[^/]+\.ya?ml$")
_CHAMBERS = {"lower": "lower", "upper": "upper", "legislature": "joint"}
_PLACE = re.compile(r"^ocd-jurisdiction/country:us/(?:state|district|territory):([a-z]{2})/")
Row = Mapping[str, Any]


def read(told: Told, name: str, text: str, today: date) -> None:
    """Add what one file says, or a fault with its name and line."""
    try:
        row = read_yaml(text)
        if not isinstance(row, dict) or "id" not in row:
            raise BadFile("line 1: this is neither a person nor a committee")
        if str(row["id"]).startswith("ocd-organization/"):
            _committee(told, row)
        else:
            _person(told, row, today)
    except BadFile as fault:
        told.faults.append(f"{name}, {fault}.")
    except (KeyError, TypeError, AttributeError, IndexError) as fault:
        what = f"{fault.args[0]} is missing" if isinstance(fault, KeyError) else "this cannot be read"
        told.faults.append(f"{name}, line 1: {what}.")


def _place_of(row: Row) -> str:
    found = _PLACE.match(str(row["jurisdiction"]))
    if found is None:
        raise BadFile(f"line 1: the place {row['jurisdiction']} is not one of ours")
    return found[1]


def _day(value: object) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        return None


def _role_now(row: Row, today: date) -> Row | None:
    """The seat they hold today; a role of the past, or of an executive, is none."""
    held = [one for one in row.get("roles", ()) if one.get("type") in _CHAMBERS]
    now = [one for one in held if (_day(one.get("end_date", "")) or date.max) >= today]
    return max(now, key=lambda one: _day(one.get("start_date", "")) or date.min) if now else None


def _person(told: Told, row: Row, today: date) -> None:
    role = _role_now(row, today)
    if role is None:
        return
    code, name, place = str(row["id"]), row["name"], _place_of(role)
    told.places.add(place)
    others = (one["name"] for one in row.get("other_names") or ())
    told.people[code] = PersonFact(
        code=code,
        jurisdiction=place,
        name=name,
        surname=str(row.get("family_name") or name.split()[-1]),
        names=frozenset({name, *others}),
        party="/".join(one["name"] for one in row.get("party") or ()),
        state=place.upper(),
        district=str(role.get("district") or ""),
        chamber=_CHAMBERS[role["type"]],
    )
    told.offices[code] = _rooms(row)


def _rooms(row: Row) -> dict[str, tuple[OfficeFact, ...]]:
    rooms: dict[str, tuple[OfficeFact, ...]] = {"capitol": (), "district": (), "district-mail": ()}
    for one in row.get("offices") or ():
        kind = str(one["classification"])
        mail = str(row.get("email") or "") if kind == "capitol" else ""
        room = OfficeFact(
            kind, _lines(one.get("address")), str(one.get("voice") or ""), str(one.get("fax") or ""), mail
        )
        rooms[kind] = (*rooms.get(kind, ()), room)
    return rooms


def _lines(address: object) -> str:
    return "\n".join(part.strip() for part in re.split(r"[;\n]", str(address or "")) if part.strip())


def _committee(told: Told, row: Row) -> None:
    code, place = str(row["id"]), _place_of(row)
    told.places.add(place)
    links = [one["url"] for one in row.get("links") or ()]
    told.committees[code] = CommitteeFact(
        code=code,
        jurisdiction=place,
        chamber=_CHAMBERS[row["chamber"]],
        name=row["name"],
        names=tuple(one["name"] for one in row.get("other_names") or ()),
        parent=str(row.get("parent") or ""),
        url=links[0] if links and links[0].startswith("https://") else "",
    )
    told.seats[code] = tuple(_seat(n, one) for n, one in enumerate(row.get("members") or (), 1))


def _seat(n: int, row: Row) -> SeatFact:
    title = str(row.get("role") or "")
    return SeatFact(row["name"], str(row.get("person_id") or ""), role_of(title), title, rank=n)
