"""The path of one campaign as a picture that can be read aloud: what is done, what is next, who can do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import url_for

from advocacy.campaigns.pages import CampaignLine, CampaignPage, LetterLine, Milestone
from advocacy.clock import day_in
from advocacy.letters.models import LetterKind
from advocacy.signons.queries import Progress
from advocacy.signons.small_numbers import NOT_TOLD
from advocacy.web.pages import moment, moment_there, plain, until

_ANYBODY = "Anybody in the Policy Working Group"
_LEADS = "A co-facilitator"
_WHO = {
    Milestone.BILL: _ANYBODY,
    Milestone.POSITION: "The Policy Working Group together",
    Milestone.LETTER: "Anybody in the group who did not write it",
    Milestone.SIGN_ON: _LEADS,
    Milestone.EDITION: _LEADS,
    Milestone.DELIVERY: "A co-facilitator, and a second person",
}

_ROOMS = {
    Milestone.LETTER: ("office.letter", "Read the letter"),
    Milestone.SIGN_ON: ("office.signons", "See the sign-ons"),
    Milestone.EDITION: ("office.editions", "See the editions"),
    Milestone.DELIVERY: ("office.editions", "Choose an edition"),
}


@dataclass(frozen=True)
class Way:
    """Where a stop leads: a page of the office, the id it is about, and the words of the link."""

    endpoint: str
    id: UUID
    words: str

    @property
    def url(self) -> str:
        """The page's address."""
        rooms = {room for room, _ in _ROOMS.values()}
        name = "letter" if self.endpoint in rooms else self.endpoint.removeprefix("office.")
        about: dict[str, Any] = {f"{name}_id": self.id}
        return url_for(self.endpoint, **about)


@dataclass(frozen=True)
class Stop:
    """One milestone: whether it is `done`, `next` or `later`, how far it is, and who can move it."""

    label: str
    state: str
    facts: tuple[str, ...]
    to_do: str
    who: str
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Dot:
    """One milestone in the small picture."""

    state: str


@dataclass(frozen=True)
class Beside:
    """A letter of the campaign that is not the one people sign."""

    id: UUID
    kind: str
    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A campaign in the list, its path as a row of dots."""

    id: UUID
    title: str
    stops: tuple[Dot, ...]
    next: str
    told: str
    last: str


@dataclass(frozen=True)
class Dates:
    """The two dates of a campaign, and how far off they are."""

    soft: str
    until_soft: str
    hard: str
    until_hard: str


def card(line: CampaignLine) -> Card:
    """One campaign of the list."""
    zone = ZoneInfo(line.zone)
    return Card(
        id=line.id,
        title=line.title,
        stops=tuple(Dot(_state(stop, passed, line.next)) for stop, passed in line.path),
        next=line.next.to_do if line.next else "",
        told=moment(line.soft_at, zone),
        last=moment(line.hard_at, zone),
    )


def dates(page: CampaignPage, now: datetime) -> Dates:
    """When the campaign's two dates are, on its own clocks."""
    zone, today = ZoneInfo(page.zone), day_in(page.zone, now)
    soft, hard = page.soft_at, page.hard_at
    return Dates(
        soft=moment(soft, zone),
        until_soft=until(day_in(page.zone, soft), today),
        hard=moment(hard, zone),
        until_hard=until(day_in(page.zone, hard), today),
    )


def _state(milestone: Milestone, passed: bool, following: Milestone | None) -> str:
    return "done" if passed else "next" if milestone is following else "later"


def path(page: CampaignPage, now: datetime) -> tuple[Stop, ...]:
    """Every stop of a campaign, in order."""
    return tuple(
        Stop(
            label=milestone.label,
            state=_state(milestone, passed, page.next),
            facts=tuple(_facts(page, milestone, now)),
            to_do=milestone.to_do,
            who=_WHO[milestone],
            ways=tuple(_ways(page, milestone)),
        )
        for milestone, passed in page.path
    )


def other_letters(page: CampaignPage, now: datetime) -> tuple[Beside, ...]:
    """How far each letter beside the path has come, such as the testimony."""
    beside = (line for line in page.letters if line is not page.letter)
    return tuple(
        Beside(
            line.id,
            plain(line.kind),
            line.title,
            tuple(fact for stop in Milestone for fact in _letter_facts(line, stop, page.zone, now)),
        )
        for line in beside
    )


def _facts(page: CampaignPage, milestone: Milestone, now: datetime) -> Iterator[str]:
    if milestone is Milestone.BILL:
        yield from (bill.identifier for bill in page.bills)
    elif milestone is Milestone.POSITION:
        yield from _about_positions(page)
    elif page.letter is not None:
        yield from _letter_facts(page.letter, milestone, page.zone, now)


def _about_positions(page: CampaignPage) -> Iterator[str]:
    for position in page.positions:
        held = position.open_round
        if position.is_approved:
            yield f"Version {position.current.n} is agreed."
        elif held is not None:
            answered = held.outcome.eligible - held.outcome.unanswered
            yield f"{answered} of {held.outcome.eligible} have answered."
            yield f"Open until {moment(held.closes_at, ZoneInfo(page.zone))}."
        else:
            yield f"Version {position.current.n} is a draft."


def _letter_facts(line: LetterLine, milestone: Milestone, zone: str, now: datetime) -> Iterator[str]:
    if milestone is Milestone.LETTER:
        yield f"Version {line.version_n} is {'approved' if line.is_approved else 'a draft'}."
    elif milestone is Milestone.SIGN_ON:
        yield from _about_sign_ons(line, zone, now)
    elif milestone is Milestone.EDITION:
        yield from _about_edition(line)
    elif milestone is Milestone.DELIVERY:
        have = "has" if line.delivered_to == 1 else "have"
        yield f"{line.delivered_to} of {_counted(line.offices, 'office')} {have} it."


def _about_sign_ons(line: LetterLine, zone: str, now: datetime) -> Iterator[str]:
    if line.closes_at is None:
        yield "Not open yet."
        return
    if line.kind is LetterKind.TESTIMONY:
        yield "The witness has signed." if line.progress.signed else "The witness has not signed yet."
    else:
        yield f"{_signed(line.progress)}, {_counted(line.progress.organisations, 'organisation')}."
    verb = "Open until" if line.closes_at > now else "Closed on"
    yield f"{verb} {moment_there(line.closes_at, line.closes_zone or zone)}."


def _signed(progress: Progress) -> str:
    told = progress.signed_told
    return "How many signed is not told" if told == NOT_TOLD else f"{told.capitalize()} signed"


def _about_edition(line: LetterLine) -> Iterator[str]:
    if line.edition_n is None:
        yield "Not printed yet."
    elif line.edition_is_void and not line.delivered_to:
        yield f"Somebody changed her answer after edition {line.edition_n}, so it stays here. Print again."
    else:
        yield f"Edition {line.edition_n} is printed."


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _ways(page: CampaignPage, milestone: Milestone) -> Iterator[Way]:
    if milestone is Milestone.BILL:
        yield from (Way("office.bill", bill.id, f"Read {bill.identifier}") for bill in page.bills)
    elif milestone is Milestone.POSITION:
        for position in page.positions:
            yield Way("office.position", position.id, "Read the position")
            if position.open_round is not None:
                yield Way("office.decision", position.open_round.id, "Answer the decision")
    elif page.letter is not None:
        room, words = _ROOMS[milestone]
        yield Way(room, page.letter.id, words)
