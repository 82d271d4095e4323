"""What kind of thing a step was: told by the source's codes first, and by its words only where it has none.

The Library of Congress gives its most important rows stable codes. State services name the kind of action.
Words are the last resort, and are read from the start of the sentence, so that "Motion to recommit Failed" is
not a failed bill.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from advocacy.bills.snapshot import StepFact


class Event(StrEnum):
    """The kinds of step that move a bill."""

    INTRODUCED = "introduced"
    REFERRED = "referred"
    ORDERED = "ordered reported"
    REPORTED = "reported"
    DISCHARGED = "discharged"
    CALENDAR = "placed on the calendar"
    PASSED_HOUSE = "passed the House"
    PASSED_SENATE = "passed the Senate"
    AGREED_CHANGES = "agreed to the other chamber's changes"
    FAILED = "failed"
    PRESENTED = "presented"
    LAW = "became law"
    VETOED = "vetoed"
    OVERRIDE_FAILED = "veto override failed"
    WITHDRAWN = "withdrawn"


_CODES: Mapping[str, Event] = {
    "1000": Event.INTRODUCED,
    "1025": Event.INTRODUCED,
    "10000": Event.INTRODUCED,
    "Intro-H": Event.INTRODUCED,
    "H11100": Event.REFERRED,
    "H11000": Event.REFERRED,
    "5000": Event.REPORTED,
    "14000": Event.REPORTED,
    "H12200": Event.REPORTED,
    "14500": Event.DISCHARGED,
    "H12410": Event.CALENDAR,
    "8000": Event.PASSED_HOUSE,
    "17000": Event.PASSED_SENATE,
    "28000": Event.PRESENTED,
    "E20000": Event.PRESENTED,
    "31000": Event.VETOED,
    "33000": Event.OVERRIDE_FAILED,
    "36000": Event.LAW,
    "E30000": Event.LAW,
    "E40000": Event.LAW,
}

# A kind of "Discharge" is left out: a petition that failed has it too.
_KINDS: Mapping[str, Event] = {"BecameLaw": Event.LAW}

_STATE_KINDS: Mapping[str, Event] = {
    "became-law": Event.LAW,
    "executive-signature": Event.LAW,
    "executive-veto": Event.VETOED,
    "veto-override-failure": Event.OVERRIDE_FAILED,
    "executive-receipt": Event.PRESENTED,
    "withdrawal": Event.WITHDRAWN,
    "failure": Event.FAILED,
    "committee-passage": Event.REPORTED,
    "committee-passage-favorable": Event.REPORTED,
    "committee-passage-unfavorable": Event.REPORTED,
    "reading-3": Event.CALENDAR,
    "referral-committee": Event.REFERRED,
    "introduction": Event.INTRODUCED,
    "filing": Event.INTRODUCED,
}
"""What Open States calls a step, the weightiest first: a bill may be introduced and referred in one.

"committee-failure" is left out: Rhode Island's committees hold a bill for study, and it is signed later.
"""
_PASSED_BY = {"lower": Event.PASSED_HOUSE, "upper": Event.PASSED_SENATE}
_OF_AN_AMENDMENT = ("amendment-", "substitution")

_WORDS: tuple[tuple[str, Event], ...] = (
    (r"became (public|private) law|became law|signed (into law )?by (the )?(president|governor)", Event.LAW),
    (r"(vetoed|pocket vetoed) by|vetoed$", Event.VETOED),
    (r"failed (of )?passage in (house|senate) over veto", Event.OVERRIDE_FAILED),
    (r"(on )?(motion to )?overrid(e|ing)\b.*\bveto\b.*\bfailed", Event.OVERRIDE_FAILED),
    (r"(presented|sent|transmitted|delivered) to (the )?(president|governor)", Event.PRESENTED),
    (r"withdrawn\b|stricken\b", Event.WITHDRAWN),
    (r"on (agreeing to the resolution|passage) failed|failed (of |on )?(final )?passage", Event.FAILED),
    (r"on motion to suspend the rules and (pass|agree)\b.*\bfailed by", Event.FAILED),
    (
        r"on motion that the house (agree|concur)\b.*\bsenate amendments?.* agreed to"
        r"|house agreed to (the )?senate amendment|senate (agreed to|concurred in) (the )?house amendment"
        r"|cleared for (the )?white house",
        Event.AGREED_CHANGES,
    ),
    (
        r"passed ((by|in) )?(the )?house\b|house (read and )?passed\b|passed/agreed to in house\b",
        Event.PASSED_HOUSE,
    ),
    (r"on passage passed\b|on agreeing to the resolution,?( as amended,?)? agreed to", Event.PASSED_HOUSE),
    (r"on motion to suspend the rules and (pass|agree)\b.*\bagreed to\b", Event.PASSED_HOUSE),
    (
        r"passed ((by|in) )?(the )?senate\b|senate (read and )?passed\b|passed/agreed to in senate\b",
        Event.PASSED_SENATE,
    ),
    (
        r"resolution agreed to in senate\b|submitted in the senate, considered, and agreed to",
        Event.PASSED_SENATE,
    ),
    (r"introduced in the senate, .*\band passed\b", Event.PASSED_SENATE),
    (r"(.*\. )?ordered to be reported\b", Event.ORDERED),
    (r"(.*committee on .*\. )?reported (\(amended\) )?by\b|(.*\. )?reported by senator\b", Event.REPORTED),
    (r".*\bcommittee\b.*\bdischarged\b|.*\bdischarged from committee", Event.DISCHARGED),
    (
        r"placed on (the )?(union|house|senate|legislative|general) .*calendar|placed on calendar",
        Event.CALENDAR,
    ),
    (r"(received in the \w+ and )?(read (twice|the first time)( and|,) )?(re-?)?referred\b", Event.REFERRED),
    (r".*\b(re-?)?(referred|assigned) to\b.*\bcommittee\b", Event.REFERRED),
    (r"committee on .*hearings? held|committee consideration and mark-?up|hearings? held", Event.REFERRED),
    (r"introduced\b|submitted in (the )?(house|senate)\b|(pre-?)?filed\b", Event.INTRODUCED),
)
_READ = tuple((re.compile(pattern, re.IGNORECASE), event) for pattern, event in _WORDS)

# What a step did stands in its first words; a debate's summary runs to pages.
_READ_SO_FAR = 400
_DAY_BEFORE = re.compile(r"\d{1,2}/\d{1,2}/\d{4} ")
"""Some legislatures begin each line with its day."""
_AMENDED = re.compile(r"(without amendment|with amendments?|with an amendment)", re.IGNORECASE)


def event_of(step: StepFact) -> Event | None:
    """What this step did to the bill, or None for the many that move nothing."""
    for code in step.codes:
        if code in _CODES:
            return _CODES[code]
    for kind in step.kinds:
        if kind in _KINDS:
            return _KINDS[kind]
    return _from_state_kinds(step) or (None if _is_about_an_amendment(step) else _from_words(step.text))


def is_told_by_structure(step: StepFact) -> bool:
    """Whether the source's own codes say what this step was, and not only its words."""
    coded = any(code in _CODES for code in step.codes) or any(kind in _KINDS for kind in step.kinds)
    return coded or _from_state_kinds(step) is not None


def changes_the_text(step: StepFact) -> bool:
    """Whether a chamber passed the bill in other words than it received."""
    found = _AMENDED.search(step.text)
    return "as amended" in step.text.lower() or (
        found is not None and found[1].lower() != "without amendment"
    )


def _from_state_kinds(step: StepFact) -> Event | None:
    if "passage" in step.kinds:
        by = next((chamber for chamber in step.systems if chamber in _PASSED_BY), "")
        return _PASSED_BY.get(by) or _from_words(step.text)
    return next((event for kind, event in _STATE_KINDS.items() if kind in step.kinds), None)


def _is_about_an_amendment(step: StepFact) -> bool:
    return bool(step.kinds) and all(kind.startswith(_OF_AN_AMENDMENT) for kind in step.kinds)


def _from_words(text: str) -> Event | None:
    plain = _DAY_BEFORE.sub("", " ".join(text[:_READ_SO_FAR].split()))
    for pattern, event in _READ:
        if pattern.match(plain):
            return event
    return None
