"""When a text is agreed to. Pure: the whole rule stands in `outcome`.

Silence is not consent, one voice is not a group, and nobody approves alone what they wrote.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

ENOUGH_CONSENTS = 2


class Voice(StrEnum):
    """What a person can answer to a version."""

    CONSENT = "consent"
    CONCERN = "concern"
    STAND_ASIDE = "stand_aside"
    BLOCK = "block"
    NEED_TIME = "need_time"
    NEED_TO_TALK = "need_to_talk"

    @property
    def label(self) -> str:
        """The answer as a person would give it."""
        return _VOICES[self][0]

    @property
    def meaning(self) -> str:
        """What giving this answer does, said beside the button."""
        return _VOICES[self][1]


_VOICES = {
    Voice.CONSENT: ("I consent", "I can live with this text, and it may go out for us."),
    Voice.CONCERN: ("I consent, with a concern", "It may go out, and I ask that my concern is kept with it."),
    Voice.STAND_ASIDE: ("I stand aside", "I will not stop it, and it is not in my name."),
    Voice.BLOCK: ("I block", "It would break a value we share. Everything pauses and we talk."),
    Voice.NEED_TIME: ("I need more time", "Please do not decide without me yet."),
    Voice.NEED_TO_TALK: ("I need to talk", "I would like a conversation before I answer."),
}

CONSENTING = frozenset({Voice.CONSENT, Voice.CONCERN})
"""The answers that carry a text."""

WAITING = frozenset({Voice.NEED_TIME, Voice.NEED_TO_TALK})
"""The answers that ask the others to wait."""


class Result(StrEnum):
    """How a round stands."""

    OPEN = "open"
    PAUSED = "paused"
    APPROVED = "approved"
    NOT_DECIDED = "not_decided"

    @property
    def label(self) -> str:
        """The result as people say it."""
        return _RESULTS[self]


_RESULTS = {
    Result.OPEN: "Still open",
    Result.PAUSED: "Paused by a block",
    Result.APPROVED: "Approved",
    Result.NOT_DECIDED: "Not decided",
}


@dataclass(frozen=True)
class Outcome:
    """How a round stands, how many gave each answer, and why, in one sentence. It names nobody."""

    result: Result
    why: str
    eligible: int
    counts: Mapping[Voice, int]

    @property
    def unanswered(self) -> int:
        """How many have not answered."""
        return self.eligible - sum(self.counts.values())

    @property
    def consents(self) -> int:
        """How many consent, with or without a concern."""
        return sum(self.counts[voice] for voice in CONSENTING)


def outcome(
    answers: Mapping[UUID, Voice], *, eligible: Iterable[UUID], author: UUID, is_over: bool
) -> Outcome:
    """How a round stands, by these rules, the first that fits:

    1. One block pauses it, whatever the others say, until that person answers differently.
    2. It is approved as soon as everybody eligible has answered, nobody asks for time or a talk, and at
       least two people consent (with or without a concern), one of whom did not write it.
    3. Otherwise it is open until its time is over, and then it is not decided.

    The end of the time never approves anything: a person who has not answered has not agreed. An answer from
    somebody who is not eligible counts for nothing.
    """
    people = frozenset(eligible)
    heard = {person: voice for person, voice in answers.items() if person in people}
    result, why = _result(heard, people, author)
    if result is Result.OPEN and is_over:
        result = Result.NOT_DECIDED
    counts = {voice: sum(1 for said in heard.values() if said is voice) for voice in Voice}
    return Outcome(result, why, len(people), counts)


def _result(heard: Mapping[UUID, Voice], people: frozenset[UUID], author: UUID) -> tuple[Result, str]:
    if Voice.BLOCK in heard.values():
        return Result.PAUSED, "It would break a shared value, says a block. Talk first."
    missing, waiting = len(people) - len(heard), sum(1 for voice in heard.values() if voice in WAITING)
    if missing:
        return (
            Result.OPEN,
            f"{missing} of {len(people)} {_have(missing)} not answered. Silence is not consent.",
        )
    if waiting:
        return Result.OPEN, f"{waiting} of {len(people)} {_ask(waiting)} for time or a talk."
    consenting = {person for person, voice in heard.items() if voice in CONSENTING}
    if consenting <= {author}:
        return Result.OPEN, "Somebody who did not write it must consent."
    if len(consenting) < ENOUGH_CONSENTS:
        return Result.OPEN, f"It takes {ENOUGH_CONSENTS} people who consent, and there is {len(consenting)}."
    return Result.APPROVED, f"Everybody answered, and {len(consenting)} of {len(people)} consent."


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _ask(number: int) -> str:
    return "asks" if number == 1 else "ask"
