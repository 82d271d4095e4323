"""The form of choices as she sees it, and the exact lines it would print."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.clock import last_day
from advocacy.people.limits import Audience, Form
from advocacy.signons.consent import SPANS, Choice, line
from advocacy.signons.previews import Preview
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked
from advocacy.web.pages import desk
from advocacy.web.signer.wishes import LATER, Choices, Fields, Offer


@dataclass(frozen=True)
class Option:
    """One way to appear, with the line it prints; no line where she is only counted."""

    value: str
    line: str | None
    chosen: bool


@dataclass(frozen=True)
class Day:
    """One last day that can be chosen."""

    days: int
    on: date
    chosen: bool


@dataclass(frozen=True)
class Part:
    """What is asked about one audience."""

    audience: str
    options: tuple[Option, ...]
    ticks: tuple[Option, ...]
    days: tuple[Day, ...]
    first_day: date
    until: str
    ends_after_sending: bool
    fault: str
    tells: bool
    later: tuple[Option, ...]
    too_rare: str


@dataclass(frozen=True)
class Shown:
    """How she appears to one audience, and the last day of it."""

    audience: str
    line: str | None
    last_day: date
    ends_after_sending: bool
    waits: bool = False


def part_of(asked: Asked, offer: Offer, fields: Fields, fault: str, today: date) -> Part:
    """One audience's part of the form, with nothing ticked but what she ticked herself."""
    chosen = fields.get(f"form-{offer.audience}")
    span = SPANS[offer.audience]
    return Part(
        audience=offer.audience,
        options=tuple(Option(form, _line(asked, Choice(form)), form == chosen) for form in offer.forms),
        ticks=tuple(
            Option(tick, added_words(asked, tick), f"{tick}-{offer.audience}" in fields)
            for tick in offer.ticks
        ),
        days=_days(offer.audience, fields, today),
        first_day=today + timedelta(days=1),
        until=fields.get(f"until-{offer.audience}", ""),
        ends_after_sending=span.days_after_sending is not None,
        fault=fault,
        tells=asked.words.tells and Form.CHOSEN_NAME in offer.forms,
        later=_later(asked, offer, chosen or "") if offer.more else (),
        # Where even the region is too small, so is the state.
        too_rare=next((form for form in (Form.REGION, Form.STATE) if form in offer.too_rare), ""),
    )


def _later(asked: Asked, offer: Offer, chosen: str) -> tuple[Option, ...]:
    """The forms above her limit, apart from the others: each waits for a call."""
    values = {form: f"{LATER}{form}" for form in offer.beyond}
    return tuple(Option(value, _line(asked, Choice(form)), value == chosen) for form, value in values.items())


def _line(asked: Asked, choice: Choice) -> str | None:
    return line(choice, asked.words, asked.letter.language)


def added_words(asked: Asked, tick: str) -> str:
    """The words a tick adds to a line, exactly as they are printed."""
    bare = line(Choice(Form.DESCRIPTOR), asked.words, asked.letter.language) or ""
    full = line(Choice(Form.DESCRIPTOR, **{tick: True}), asked.words, asked.letter.language) or ""
    return full.removeprefix(f"{bare}, ")


def _days(audience: Audience, fields: Fields, today: date) -> tuple[Day, ...]:
    span = SPANS[audience]
    wanted = fields.get(f"days-{audience}", "")
    offered = [str(days) for days in span.offered_days]
    chosen = wanted if wanted in offered else str(span.default_days)
    return tuple(Day(days, today + timedelta(days=days), str(days) == chosen) for days in span.offered_days)


def shown(
    lines: Mapping[Audience, str | None],
    ends: Mapping[Audience, datetime],
    zone: str,
    *,
    is_sent: bool = False,
    waiting: Collection[Audience] = (),
) -> tuple[Shown, ...]:
    """The lines for each audience in the order of the form, with the last day of each where she lives.

    What is `waiting` for a call is not shown to anybody yet.

    Once the letter `is_sent`, it is a day and no longer so many days after sending.
    """
    return tuple(
        Shown(
            audience=audience,
            line=lines.get(audience),
            last_day=last_day(zone, ends[audience]),
            ends_after_sending=not is_sent and SPANS[audience].days_after_sending is not None,
            waits=audience in waiting,
        )
        for audience in CHOSEN_AUDIENCES
        if audience in ends
    )


def previewed(preview: Preview) -> tuple[Shown, ...]:
    """What would be signed."""
    later = [audience for audience in preview.wishes if preview.is_later(audience)]
    return shown(preview.lines, preview.ends, preview.time_zone, waiting=later)


def like(asked: Asked, choices: Choices) -> tuple[Shown, ...]:
    """How these choices would appear on this letter, for as long as stands by itself."""
    far = asked.opening.closes_at
    lines = {audience: _line(asked, choice) for audience, choice in choices.items()}
    return shown(lines, dict.fromkeys(choices, far), desk().config.time_zone)
