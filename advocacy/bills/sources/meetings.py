"""Hearings that a legislature announces only among a bill's steps, with the day in brackets.

"Scheduled for hearing and/or consideration (03/11/2025)" sets one; "Meeting postponed (03/11/2025)" calls off
that of the same day. One without a day says nothing a calendar could hold.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from advocacy.bills.snapshot import HearingFact, StepFact

_SET = re.compile(r"\bscheduled for (?:hearing|consideration)\b.*\((\d{2}/\d{2}/\d{4})\)", re.IGNORECASE)
_CALLED_OFF = re.compile(
    r"\b(?:meeting|committee|hearing) (?:postponed|cancell?ed)\b.*\((\d{2}/\d{2}/\d{4})\)", re.IGNORECASE
)
_SENT_TO = re.compile(
    r"\breferred to (?:the )?((?:House|Senate|Joint|Committee on) [^,;()]+?)(?: committee)?(?:[,;.(]|$)",
    re.IGNORECASE,
)


def hearings_in(steps: Iterable[StepFact]) -> tuple[HearingFact, ...]:
    """The hearings these steps tell of, oldest step first; each day of a committee once."""
    committee = ""
    found: dict[date, HearingFact] = {}
    for step in steps:
        sent = _SENT_TO.search(step.text)
        committee = sent[1].strip() if sent else committee
        if on := _day(_SET, step.text):
            found[on] = HearingFact(committee or "The committee that has it", on)
        elif (off := _day(_CALLED_OFF, step.text)) and off in found:
            found[off] = replace(found[off], cancelled=True)
    return tuple(found[on] for on in sorted(found))


def _day(pattern: re.Pattern[str], text: str) -> date | None:
    told = pattern.search(text)
    try:
        return datetime.strptime(told[1], "%m/%d/%Y").date() if told else None  # noqa: DTZ007 - it is a day
    except ValueError:
        return None
