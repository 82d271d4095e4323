"""Where a bill stands, worked out from what happened to it, with the rule that was used.

Pure: the same steps on the same day always give the same answer. A law listed by the source counts before any
step, a coded step before words. Where nothing fits, it says so and does not guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advocacy.bills.events import Event, changes_the_text, event_of, is_told_by_structure
from advocacy.bills.identifiers import BillKey
from advocacy.bills.snapshot import StepFact


class Stage(StrEnum):
    """Where a bill can stand, in the words a page shows."""

    UNKNOWN = "not known"
    RESERVED = "reserved"
    INTRODUCED = "introduced"
    IN_COMMITTEE = "in committee"
    ORDERED_REPORTED = "ordered reported"
    REPORTED = "reported"
    ON_CALENDAR = "before the whole chamber"
    PASSED_ONE = "passed one chamber"
    DIFFERENCES = "settling differences"
    PASSED_BOTH = "passed both chambers"
    AGREED = "agreed to"
    PRESENTED = "presented"
    LAW = "law"
    VETOED = "vetoed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    DIED = "died"


_FINAL = frozenset({Stage.AGREED, Stage.LAW, Stage.VETOED, Stage.FAILED, Stage.WITHDRAWN, Stage.DIED})
OUTLIVES_ITS_SESSION = _FINAL | {Stage.PASSED_BOTH, Stage.PRESENTED}
"""The stages at which a bill is not dead when its session ends."""

_AFTER: dict[Event, tuple[Stage, str]] = {
    Event.INTRODUCED: (Stage.INTRODUCED, "It has been introduced."),
    Event.REFERRED: (Stage.IN_COMMITTEE, "A committee has it."),
    Event.ORDERED: (Stage.ORDERED_REPORTED, "A committee voted to report it; its report is not yet filed."),
    Event.REPORTED: (Stage.REPORTED, "A committee has reported it to the whole chamber."),
    Event.DISCHARGED: (Stage.ON_CALENDAR, "The committee was discharged, so it is before the whole chamber."),
    Event.CALENDAR: (Stage.ON_CALENDAR, "It is on the calendar of the whole chamber."),
    Event.PRESENTED: (Stage.PRESENTED, "It was sent to be signed."),
    Event.LAW: (Stage.LAW, "It became law."),
    Event.VETOED: (Stage.VETOED, "It was vetoed."),
    Event.OVERRIDE_FAILED: (Stage.VETOED, "It was vetoed, and the vote to override the veto failed."),
    Event.FAILED: (Stage.FAILED, "It was voted down. A chamber may still take it up again."),
    Event.WITHDRAWN: (Stage.WITHDRAWN, "It was withdrawn."),
    Event.AGREED_CHANGES: (Stage.PASSED_BOTH, "Both chambers have passed the same text."),
}
_PASSED = frozenset({Event.PASSED_HOUSE, Event.PASSED_SENATE})
_RESOLUTIONS = {"us": ("HRES", "SRES")}
_CONCURRENT = {"us": ("HCONRES", "SCONRES")}
_STATE_RESOLUTIONS, _STATE_CONCURRENT = ("HR", "SR", "AR"), ("HCR", "SCR", "ACR")
"""What no governor signs, by its letters. In Congress an H.R. is a bill."""
_STOPS = frozenset({Event.FAILED, Event.WITHDRAWN})
_ENDS = (Event.LAW, Event.OVERRIDE_FAILED, Event.VETOED, Event.PRESENTED)
_COMMITTEE_WORK = {
    Event.INTRODUCED: 0,
    Event.REFERRED: 1,
    Event.ORDERED: 2,
    Event.DISCHARGED: 3,
    Event.CALENDAR: 3,
    Event.REPORTED: 4,
}


@dataclass(frozen=True)
class Standing:
    """Where a bill stands, the rule that said so, that rule as a sentence, and the step it rests on."""

    stage: Stage
    rule: str
    sentence: str
    step: StepFact | None = None


_Told = tuple[Event, StepFact]


def standing(
    key: BillKey,
    *,
    title: str,
    steps: Iterable[StepFact],
    laws: Iterable[str] = (),
    introduced_on: date | None = None,
    today: date,
    session_ends_on: date | None = None,
) -> Standing:
    """Where this bill stands on `today`. `steps` come oldest first. A Congress ends by the calendar."""
    told = [(event, step) for step in steps if (event := event_of(step))]
    now = _listed_law(tuple(laws), told) or _from_events(key, told) or _before_anything(title, introduced_on)
    if not died(key, now.stage, today, session_ends_on):
        return now
    what, ended = (
        ("Congress", congress_ends_on(key)) if key.jurisdiction == "us" else ("session", session_ends_on)
    )
    sentence = f"Its {what} ended on {ended:%-d %B %Y}, and every unfinished bill ended with it."
    return Standing(Stage.DIED, f"{what.lower()}-ended", sentence, now.step)


def died(key: BillKey, stage: Stage, today: date, session_ends_on: date | None = None) -> bool:
    """Whether a bill at this stage is dead on `today` because its Congress, or its session, is over."""
    ended = congress_ends_on(key) or session_ends_on
    return ended is not None and today >= ended and stage not in OUTLIVES_ITS_SESSION


def congress_ends_on(key: BillKey) -> date | None:
    """The day a Congress ends, which no action ever says; None for a state's session."""
    if key.jurisdiction != "us":
        return None
    return date(1789 + 2 * int(key.session), 1, 3)


def congress_on(today: date) -> int:
    """The number of the Congress that sits on a day; those with a lower number are over."""
    began = today.year if (today.month, today.day) >= (1, 3) else today.year - 1
    return (began - 1789) // 2 + 1


def is_final(step: StepFact) -> bool:
    """Whether this step by itself ends a bill's way: law, veto, defeat or withdrawal."""
    event = event_of(step)
    return event in _AFTER and _AFTER[event][0] in _FINAL


def _listed_law(laws: tuple[str, ...], told: list[_Told]) -> Standing | None:
    if not laws:
        return None
    step = next((step for event, step in reversed(told) if event is Event.LAW), None)
    return Standing(Stage.LAW, "law-listed", f"Its source lists it as {', '.join(laws)}.", step)


def _from_events(key: BillKey, told: list[_Told]) -> Standing | None:
    for end in _ENDS:
        found = _last(told, frozenset({end}))
        if found:
            return _rests_on(*found)
    stopped, voted = _last(told, _STOPS), _last(told, _PASSED)
    if stopped and not (voted and told.index(voted) > told.index(stopped)):
        return _rests_on(*stopped)
    return _passage(key, told) or _furthest_before_a_vote(told)


def _passage(key: BillKey, told: list[_Told]) -> Standing | None:
    votes = [(event, step) for event, step in told if event in _PASSED]
    if not votes:
        return None
    event, step = votes[-1]
    agreed = _last(told, frozenset({Event.AGREED_CHANGES}))
    if agreed:
        return _rests_on(*agreed)
    chambers = {event for event, _ in votes}
    if key.prefix in _RESOLUTIONS.get(key.jurisdiction, _STATE_RESOLUTIONS):
        return _named(
            Stage.AGREED, "resolution-agreed", "Its chamber agreed to it, and nothing more is needed.", step
        )
    if len(chambers) == 1:
        chamber = "House" if event is Event.PASSED_HOUSE else "Senate"
        return _named(Stage.PASSED_ONE, "one-chamber", f"The {chamber} passed it; the other has not.", step)
    if event is not votes[0][0] and changes_the_text(step):
        sentence = "Both chambers passed it, the second with changes the first has not agreed to."
        return _named(Stage.DIFFERENCES, "second-changed-it", sentence, step)
    if key.prefix in _CONCURRENT.get(key.jurisdiction, _STATE_CONCURRENT):
        return _named(
            Stage.AGREED, "both-agreed", "Both chambers agreed to it, and nothing more is needed.", step
        )
    return _named(Stage.PASSED_BOTH, "both-chambers", "Both chambers passed it.", step)


def _furthest_before_a_vote(told: list[_Told]) -> Standing | None:
    ranked = [(_COMMITTEE_WORK[event], n) for n, (event, _) in enumerate(told) if event in _COMMITTEE_WORK]
    if not ranked:
        return None
    return _rests_on(*told[max(ranked)[1]])


def _before_anything(title: str, introduced_on: date | None) -> Standing:
    if title.strip().casefold().startswith("reserved for the "):
        sentence = "The number is kept for a leader's bill that has not been introduced."
        return Standing(Stage.RESERVED, "reserved-number", sentence)
    if introduced_on:
        return Standing(
            Stage.INTRODUCED, "introduction-date", "Its source gives a day of introduction and no step."
        )
    return Standing(Stage.UNKNOWN, "nothing-fits", "Nothing its source says tells where it stands.")


def _rests_on(event: Event, step: StepFact) -> Standing:
    stage, sentence = _AFTER[event]
    return _named(stage, str(event).replace(" ", "-").replace("'", ""), sentence, step)


def _named(stage: Stage, rule: str, sentence: str, step: StepFact) -> Standing:
    how = "coded" if is_told_by_structure(step) else "worded"
    return Standing(stage, f"{how}:{rule}", sentence, step)


def _last(told: list[_Told], events: frozenset[Event]) -> _Told | None:
    return next((pair for pair in reversed(told) if pair[0] in events), None)
