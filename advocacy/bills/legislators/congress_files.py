"""The four files of congress-legislators: legislators, their district offices, committees, membership."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from advocacy.bills.legislators.facts import CommitteeFact, OfficeFact, PersonFact, SeatFact, Told, role_of
from advocacy.bills.legislators.yaml_files import BadFile, line_of_item, read_yaml

FAMILY = "congress-legislators"
_PEOPLE, _ROOMS = "legislators-current.yaml", "legislators-district-offices.yaml"
_COMMITTEES, _SEATS = "committees-current.yaml", "committee-membership-current.yaml"
NAMES = frozenset({_PEOPLE, _ROOMS, _COMMITTEES, _SEATS})
_CHAMBERS = {"rep": "lower", "sen": "upper", "house": "lower", "senate": "upper", "joint": "joint"}
Row = Mapping[str, Any]


def read(told: Told, name: str, text: str) -> None:
    """Add what one file says. A record that cannot be read is a fault with its line; the rest goes on."""
    told.places.add("us")
    base = name.rpartition("/")[2]
    kind = {_PEOPLE: "people", _COMMITTEES: "committees", _SEATS: "seats", _ROOMS: "rooms"}[base]
    before = len(told.faults)
    try:
        content = read_yaml(text)
        if base == _SEATS:
            _membership(told, name, content)
        else:
            _each(
                told, name, text, content, {_PEOPLE: _person, _ROOMS: _rooms, _COMMITTEES: _committee}[base]
            )
    except BadFile as fault:
        told.faults.append(f"{name}, {fault}.")
    if len(told.faults) == before:
        told.whole.add((kind, "us"))


def system_code(thomas_id: str) -> str:
    """The code Congress.gov uses: HSJU is hsju00, its subcommittee HSJU08 is hsju08."""
    code = thomas_id.casefold()
    return code + "00" if len(code) == 4 else code


def _each(told: Told, name: str, text: str, content: Any, take: Callable[[Told, Row], None]) -> None:
    if not isinstance(content, list) or not content:
        raise BadFile("line 1: this is not a list")
    for n, row in enumerate(content):
        try:
            take(told, row)
        except (KeyError, TypeError, AttributeError, IndexError) as fault:
            what = f"{fault.args[0]} is missing" if isinstance(fault, KeyError) else "this cannot be read"
            told.faults.append(f"{name}, line {line_of_item(text, n)}: {what}.")


def _person(told: Told, row: Row) -> None:
    code, term, name = str(row["id"]["bioguide"]), row["terms"][-1], row["name"]
    names = frozenset(_names(name))
    told.people[code] = PersonFact(
        code=code,
        jurisdiction="us",
        name=name.get("official_full") or f"{name['first']} {name['last']}",
        surname=name["last"],
        names=names,
        party=str(term.get("party", "")),
        state=str(term["state"]),
        district=_district(term),
        chamber=_CHAMBERS[term["type"]],
    )
    rooms = told.offices.setdefault(code, {})
    rooms["capitol"] = _capitol(term)


def _district(term: Row) -> str:
    if term["type"] == "sen":
        return ""
    return str(term["district"]) if term["district"] else "At Large"


def _names(name: Row) -> Iterable[str]:
    first, last = name["first"], name["last"]
    middle, suffix, nick = (name.get(part, "") for part in ("middle", "suffix", "nickname"))
    firsts = [first, *([f"{first} {middle}", f"{first} {middle[0]}."] if middle else ())]
    lasts = [last, *([f"{last} {suffix}", f"{last}, {suffix}"] if suffix else ())]
    yield from filter(None, (name.get("official_full"), f"{nick} {last}" if nick else ""))
    for one in firsts:
        for other in lasts:
            yield f"{one} {other}"
        yield f"{last}, {one}"
        yield from ([f'{last}, {one} "{nick}"'] if nick else ())
        yield from ([f"{last}, {one} {suffix}", f"{last}, {one}, {suffix}"] if suffix else ())


def _capitol(term: Row) -> tuple[OfficeFact, ...]:
    room = OfficeFact(
        kind="capitol",
        address=_lines(term.get("address") or term.get("office") or ""),
        phone=str(term.get("phone", "")),
        fax=str(term.get("fax", "")),
        contact_form=_link(term.get("contact_form")),
    )
    return (room,) if room != OfficeFact("capitol") else ()


def _lines(address: str) -> str:
    return "\n".join(" ".join(part.split()) for part in address.split(";") if part.strip())


def _link(url: object) -> str:
    said = str(url or "")
    return said if said.startswith(("https://", "http://")) else ""


def _rooms(told: Told, row: Row) -> None:
    rooms = tuple(_room(room) for room in row["offices"])
    told.offices.setdefault(str(row["id"]["bioguide"]), {})["district"] = rooms


def _room(room: Row) -> OfficeFact:
    street = ", ".join(filter(None, (str(room.get("address") or ""), str(room.get("suite") or ""))))
    place = f"{room['city']}, {room['state']} {room.get('zip') or ''}".strip()
    lines = "\n".join(filter(None, (str(room.get("building") or ""), street, place)))
    return OfficeFact("district", lines, str(room.get("phone", "")), str(room.get("fax", "")))


def _committee(told: Told, row: Row) -> None:
    code, chamber = system_code(row["thomas_id"]), _CHAMBERS[row["type"]]
    told.committees[code] = _fact(row, code, chamber, "")
    for below in row.get("subcommittees", ()):
        part = system_code(row["thomas_id"] + str(below["thomas_id"]))
        told.committees[part] = _fact(below, part, chamber, code)


def _fact(row: Row, code: str, chamber: str, parent: str) -> CommitteeFact:
    return CommitteeFact(
        code=code,
        jurisdiction="us",
        chamber=chamber,
        name=row["name"],
        parent=parent,
        address=_lines(row.get("address", "")),
        phone=str(row.get("phone", "")),
        url=_link(row.get("url")),
    )


def _membership(told: Told, name: str, content: Any) -> None:
    if not isinstance(content, dict) or not content:
        raise BadFile("line 1: this is not a list of committees")
    for thomas_id, rows in content.items():
        try:
            told.seats[system_code(thomas_id)] = tuple(_seat(row) for row in rows)
        except (KeyError, TypeError, AttributeError):
            told.faults.append(f"{name}: the members of {thomas_id} cannot be read.")


def _seat(row: Row) -> SeatFact:
    title = str(row.get("title") or "")
    side, rank = str(row.get("party", "")), row.get("rank") or 0
    return SeatFact(row["name"], str(row.get("bioguide") or ""), role_of(title), title, side, int(rank))
