"""What narrows a list of bills: read from the address of a page, and offered on it to be changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from advocacy.bills.desk.listing import Followed, Owner, Sort, Wanted, followed, narrows, places_followed
from advocacy.bills.desk.work import Priority, all_tags
from advocacy.bills.status import Stage
from advocacy.people.places import STATES

SORTS: Mapping[Sort, str] = {
    Sort.MOVED: "The one that moved last",
    Sort.PRESSING: "The most pressing",
    Sort.STAGE: "The one that came furthest",
    Sort.NUMBER: "Place and number",
    Sort.OLDEST: "The one read longest ago",
}
OWNERS: Mapping[Owner, str] = {
    Owner.MINE: "I do",
    Owner.SOMEBODY: "Somebody does",
    Owner.NOBODY: "Nobody does",
}
PRIORITIES: Mapping[Priority, str] = {
    Priority.FIRST: "First",
    Priority.SOON: "Soon",
    Priority.WATCH: "Only watch",
}
_LONGEST = 200
_Word = TypeVar("_Word", Stage, Sort, Owner, Priority)


@dataclass(frozen=True)
class Choice:
    """One option of a field that narrows the list."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Narrow:
    """The fields that narrow a list, and how many bills there are without them."""

    wanted: Wanted
    is_narrowed: bool
    total: int
    stages: tuple[Choice, ...]
    places: tuple[Choice, ...]
    sessions: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    priorities: tuple[Choice, ...]
    tags: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    file: Mapping[str, str]


def wanted_from(asked: Mapping[str, str]) -> Wanted:
    """What an address asks for. What it says that cannot be is left out: any address gives a page."""
    page = asked.get("page", "")
    return Wanted(
        words=_line(asked, "q"),
        stage=_word(Stage, _line(asked, "stage").replace("_", " ")),
        place=_line(asked, "place"),
        session=_line(asked, "session"),
        ours=asked.get("ours", "") == "1",
        told=asked.get("told", "") == "1",
        owner=_word(Owner, _line(asked, "owner")),
        priority=_word(Priority, _line(asked, "priority")),
        tag=_line(asked, "tag").casefold(),
        sort=_word(Sort, _line(asked, "sort")) or Sort.MOVED,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def words_of(wanted: Wanted, **more: str) -> dict[str, Any]:
    """What is wanted, as the words of an address; what narrows nothing is left out."""
    said = {
        "q": wanted.words,
        "stage": wanted.stage.replace(" ", "_") if wanted.stage else "",
        "place": wanted.place,
        "session": wanted.session,
        "ours": "1" if wanted.ours else "",
        "told": "1" if wanted.told else "",
        "owner": wanted.owner or "",
        "priority": wanted.priority or "",
        "tag": wanted.tag,
        "sort": "" if wanted.sort is Sort.MOVED else wanted.sort.value,
    }
    return {name: word for name, word in (said | more).items() if word}


def narrow(session: Session, wanted: Wanted, today: date) -> Narrow:
    """The fields, each with what it may be set to and what it is set to."""
    # Whoever searches waits for the search; how many bills stand where is counted for the list alone.
    known = places_followed(session) if wanted.words else followed(session, today)
    return Narrow(
        wanted=wanted,
        is_narrowed=bool(wanted.words) or narrows(wanted),
        total=known.total,
        stages=tuple(_stages(known, wanted)),
        places=tuple(_places(known, wanted)),
        sessions=tuple(Choice(name, name, name == wanted.session) for name in _sessions(known, wanted)),
        owners=tuple(Choice(one, label, one is wanted.owner) for one, label in OWNERS.items()),
        priorities=tuple(Choice(one, label, one is wanted.priority) for one, label in PRIORITIES.items()),
        tags=tuple(Choice(tag, tag, tag == wanted.tag) for tag in all_tags(session)),
        file=words_of(wanted),
        sorts=tuple(Choice(sort, label, sort is wanted.sort) for sort, label in SORTS.items()),
    )


def place_name(code: str) -> str:
    """A place as people say it."""
    return "Congress" if code == "us" else STATES.get(code.upper(), code.upper()).removeprefix("the ")


def _stages(known: Followed, wanted: Wanted) -> Iterator[Choice]:
    for stage in Stage:
        if stage in known.stages or stage is wanted.stage or not known.stages:
            many = f" ({known.stages.get(stage, 0)})" if known.stages else ""
            yield Choice(stage.replace(" ", "_"), f"{stage.capitalize()}{many}", stage is wanted.stage)


def _places(known: Followed, wanted: Wanted) -> Iterator[Choice]:
    for code, many in known.places.items():
        yield Choice(code, f"{place_name(code)} ({many})", code == wanted.place)


def _sessions(known: Followed, wanted: Wanted) -> Iterator[str]:
    there = (name for place, name in known.sessions if wanted.place in ("", place))
    yield from dict.fromkeys(there)


def _line(asked: Mapping[str, str], name: str) -> str:
    return " ".join(asked.get(name, "")[:_LONGEST].replace("\0", " ").split())


def _word(kind: type[_Word], text: str) -> _Word | None:
    try:
        return kind(text)
    except ValueError:
        return None
