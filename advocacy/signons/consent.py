"""The table: audience x form x ticks x limit x text x offices x end x place -> the printed line. Pure.

Whatever does not hold reduces: from the line to the count, or from the count to nothing. Never the other way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from advocacy.clock import days_later
from advocacy.people.limits import FORM_FACTS, Audience, Fact, Facts, Form
from advocacy.people.names import words_of
from advocacy.people.places import STATES, region_of
from advocacy.signons.shortening import first_name_and_initial, initials
from advocacy.signons.tongues import TONGUES

# Fewer than this many members in a place would point at each of them.
FEWEST_IN_A_PLACE = 5


@dataclass(frozen=True)
class Choice:
    """How one signer chose to appear to one audience: a form and three ticks, each its own, each off."""

    form: Form = Form.COUNT_ONLY
    survivor: bool = False
    credential: bool = False
    affiliation: bool = False


@dataclass(frozen=True, repr=False)
class Words:
    """The words a line can be made of, and whether the chosen name `tells` of the others she goes by."""

    name: str = ""
    chosen_name: str = ""
    state: str = ""
    credential: str = ""
    affiliation: str = ""
    tells: bool = False


@dataclass(frozen=True)
class Places:
    """Whether enough members live where the signer lives for her place to be told."""

    state: bool = False
    region: bool = False


@dataclass(frozen=True)
class Terms:
    """What holds for one letter and one audience: the limit, and whether the letter says "survivors".

    Where what is printed becomes public, `on_web` is what she lets the web see of her on this letter: an
    office that posts what it gets asks for the web as well. None: nothing becomes public here.
    """

    limit: Facts
    implies_survivor: bool
    places: Places
    on_web: Facts | None = None


class Outcome(StrEnum):
    """What becomes of one consent in one output."""

    LINE = "line"
    COUNT = "count"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Raise:
    """A wider limit she asked for as she signed. Until it is confirmed and in force, she is counted."""

    in_force_at: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it was confirmed, and its waiting time is over."""
        return self.in_force_at is not None and self.in_force_at <= at


@dataclass(frozen=True)
class Given:
    """One consent as it was given; one that asks for more than her limit rests on that being raised."""

    choice: Choice
    text_sha256: str
    offices: frozenset[str]
    latest_at: datetime
    days_after_sending: int | None = None
    ended: bool = False
    time_zone: str = "UTC"
    rests_on: Raise | None = None

    def ends_at(self, sent_at: datetime | None) -> datetime:
        """When it ends: so many of her days after sending, and on its latest date in any case."""
        if sent_at is None or self.days_after_sending is None:
            return self.latest_at
        return min(self.latest_at, days_later(self.time_zone, sent_at, self.days_after_sending))


@dataclass(frozen=True)
class Printing:
    """What is being printed: which text (with or without its typos), for whom, when, after which sending."""

    texts: frozenset[str]
    offices: frozenset[str]
    at: datetime
    sent_at: datetime | None = None


def revealed(choice: Choice, *, implies_survivor: bool) -> Facts:
    """Every fact a choice gives away, the one the letter itself tells included."""
    if choice.form is Form.COUNT_ONLY:
        return FORM_FACTS[Form.COUNT_ONLY]
    facts = set(FORM_FACTS[choice.form])
    if choice.survivor or implies_survivor:
        facts.add(Fact.SURVIVOR)
    if choice.credential:
        facts.add(Fact.CREDENTIAL)
    if choice.affiliation:
        facts.add(Fact.AFFILIATION)
    return frozenset(facts)


def is_allowed(choice: Choice, terms: Terms) -> bool:
    """Whether the naming limit, the web where it counts, and the place rule let this choice be printed."""
    told = revealed(choice, implies_survivor=terms.implies_survivor)
    on_web = terms.on_web is None or choice.form is Form.COUNT_ONLY or told <= terms.on_web
    return told <= terms.limit and on_web and _place_is_common(choice.form, terms.places)


def _place_is_common(form: Form, places: Places) -> bool:
    if form is Form.STATE:
        return places.state
    return places.region if form is Form.REGION else True


def decide(given: Given, terms: Terms, printing: Printing) -> Outcome:
    """What one consent becomes in one output at one moment."""
    if given.ended or given.text_sha256 not in printing.texts:
        return Outcome.NOTHING
    if printing.at >= given.ends_at(printing.sent_at):
        return Outcome.NOTHING
    if given.choice.form is Form.COUNT_ONLY or not printing.offices <= given.offices:
        return Outcome.COUNT
    if given.rests_on is not None and not given.rests_on.holds(printing.at):
        return Outcome.COUNT
    return Outcome.LINE if is_allowed(given.choice, terms) else Outcome.COUNT


def is_shown_in_public(choice: Choice, web: Choice, *, implies_survivor: bool) -> bool:
    """Whether an office whose letters anybody can read gets this line: only if the web may see no less."""
    less, more = (revealed(one, implies_survivor=implies_survivor) for one in (choice, web))
    return choice.form is not Form.COUNT_ONLY and less <= more


def shown_on_web(web: Given | None, terms: Terms, printing: Printing) -> Facts:
    """What one consent for the web lets the web see at this moment: nothing unless it prints a line there."""
    if web is None or decide(web, terms, replace(printing, offices=frozenset())) is not Outcome.LINE:
        return frozenset()
    return revealed(web.choice, implies_survivor=terms.implies_survivor)


def line(choice: Choice, words: Words, language: str = "en") -> str | None:
    """The line exactly as it is printed, or None where there is none: only counted, or a word is missing."""
    appearance = _appearance(choice.form, words, TONGUES[language])
    if not appearance:
        return None
    further = [
        TONGUES[language]["survivor"] if choice.survivor else "",
        words.credential if choice.credential else "",
        TONGUES[language]["affiliation"].format(words.affiliation) if choice.affiliation else "",
    ]
    if (choice.credential and not words.credential) or (choice.affiliation and not words.affiliation):
        return None
    return ", ".join(filter(None, [appearance, *further]))


def _appearance(form: Form, words: Words, tongue: Mapping[str, str]) -> str | None:
    match form:
        case Form.DESCRIPTOR:
            return tongue["descriptor"]
        case Form.REGION:
            return _from(region_of(words.state), tongue)
        case Form.STATE:
            return _from(STATES.get(words.state), tongue)
        case Form.CHOSEN_NAME:
            return words.chosen_name or None
        case Form.FULL_NAME:
            return words.name or None
        case Form.FIRST_LAST_INITIAL:
            return first_name_and_initial(words_of(words.name))
        case Form.INITIALS:
            return initials(words_of(words.name))
        case _:
            return None


def _from(place: str | None, tongue: Mapping[str, str]) -> str | None:
    return tongue["from"].format(tongue.get(place, place)) if place else None


@dataclass(frozen=True)
class Span:
    """How long a consent for one audience lasts: after sending, by default, and at the very most."""

    days_after_sending: int | None
    default_days: int
    offered_days: tuple[int, ...]

    @property
    def most_days(self) -> int:
        """The cap: longer than this no consent lasts without being given again."""
        return max(self.offered_days)


SPANS: Mapping[Audience, Span] = {
    Audience.COUNT: Span(None, 90, (90,)),
    Audience.RECIPIENT: Span(30, 180, (30, 90, 180)),
    Audience.WEB: Span(None, 182, (30, 90, 182, 365)),
    Audience.PRESS: Span(None, 30, (7, 30, 90)),
}


def narrower(new: Iterable[tuple[Choice, Choice]], *, implies_survivor: bool) -> bool:
    """Whether every new choice gives away no more than the one before it: pairs of (new, before)."""
    return all(
        revealed(after, implies_survivor=implies_survivor)
        <= revealed(before, implies_survivor=implies_survivor)
        for after, before in new
    )
