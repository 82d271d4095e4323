"""The same event told twice is one step.

Congress.gov carries most events once from the chamber and once from the Library of Congress, a joint referral
once for each committee, and sometimes the same row on two pages. The fold keeps every date, word, code and
committee.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from advocacy.bills.snapshot import StepFact

_LIBRARY = "9"
_LIBRARY_PREFIX = re.compile(r"^passed/agreed to in (house|senate):\s*", re.IGNORECASE)
_RECORD_PAGES = re.compile(r"\s*\([^()]*\bCR [HSE]?\d[^()]*\)", re.IGNORECASE)


def same_words(text: str) -> str:
    """A step's words without what differs between two tellings of it."""
    plain = _RECORD_PAGES.sub(" ", _LIBRARY_PREFIX.sub("", text.strip()))
    return re.sub(r"\s+", " ", plain).strip(" .;").casefold()


def fold(steps: Iterable[StepFact]) -> tuple[StepFact, ...]:
    """Each event once, oldest first. Two at different times of one day stay two."""
    told = sorted(steps, key=lambda step: step.on)
    clocks = _clocks(told)
    folded: dict[tuple[date, str, datetime | None], StepFact] = {}
    for step in told:
        place = (step.on, same_words(step.text))
        at = step.at or clocks.get(place)
        first = folded.get((*place, at))
        folded[(*place, at)] = _joined(first, step) if first else step
    return tuple(folded.values())


def _clocks(steps: list[StepFact]) -> dict[tuple[date, str], datetime]:
    # A telling without a clock joins the first one that has it.
    clocks: dict[tuple[date, str], datetime] = {}
    for step in steps:
        if step.at is not None:
            place = (step.on, same_words(step.text))
            clocks[place] = min(clocks.get(place, step.at), step.at)
    return clocks


def _joined(one: StepFact, other: StepFact) -> StepFact:
    # The chamber's own words are the verbatim ones; the Library puts a heading before them.
    text = other.text if one.systems == (_LIBRARY,) and _LIBRARY not in other.systems else one.text
    return replace(
        one,
        text=text,
        at=one.at or other.at,
        codes=_union(one.codes, other.codes),
        kinds=_union(one.kinds, other.kinds),
        systems=_union(one.systems, other.systems),
        committees=_union(one.committees, other.committees),
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))
