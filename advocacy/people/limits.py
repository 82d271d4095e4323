"""What can be revealed about a person, to whom, and the most she agreed to. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType


class Audience(StrEnum):
    """Who may read. None implies another."""

    COUNT = "count"
    RECIPIENT = "recipient"
    WEB = "web"
    PRESS = "press"


class Fact(StrEnum):
    """One thing a printed line can give away."""

    COUNT = "count"
    MEMBER = "member"
    REGION = "region"
    STATE = "state"
    INITIALS = "initials"
    FIRST_NAME = "first_name"
    CHOSEN_NAME = "chosen_name"
    FULL_NAME = "full_name"
    SURVIVOR = "survivor"
    CREDENTIAL = "credential"
    AFFILIATION = "affiliation"


class Form(StrEnum):
    """How a signer appears to one audience, from the least to the most exposing."""

    COUNT_ONLY = "count_only"
    DESCRIPTOR = "descriptor"
    REGION = "region"
    STATE = "state"
    INITIALS = "initials"
    FIRST_LAST_INITIAL = "first_last_initial"
    CHOSEN_NAME = "chosen_name"
    FULL_NAME = "full_name"


Facts = frozenset[Fact]
Limits = Mapping[Audience, Facts]

NOTHING_BUT_COUNT: Facts = frozenset({Fact.COUNT})

FORM_FACTS: Mapping[Form, Facts] = MappingProxyType(
    {
        Form.COUNT_ONLY: NOTHING_BUT_COUNT,
        Form.DESCRIPTOR: frozenset({Fact.COUNT, Fact.MEMBER}),
        Form.REGION: frozenset({Fact.COUNT, Fact.MEMBER, Fact.REGION}),
        Form.STATE: frozenset({Fact.COUNT, Fact.MEMBER, Fact.REGION, Fact.STATE}),
        Form.INITIALS: frozenset({Fact.COUNT, Fact.INITIALS}),
        Form.FIRST_LAST_INITIAL: frozenset({Fact.COUNT, Fact.INITIALS, Fact.FIRST_NAME}),
        Form.CHOSEN_NAME: frozenset({Fact.COUNT, Fact.CHOSEN_NAME}),
        Form.FULL_NAME: frozenset({Fact.COUNT, Fact.INITIALS, Fact.FIRST_NAME, Fact.FULL_NAME}),
    }
)

_TO_OFFICES = FORM_FACTS[Form.STATE] | FORM_FACTS[Form.CHOSEN_NAME] | {Fact.SURVIVOR}
_COUNT_ONLY: Limits = MappingProxyType({audience: NOTHING_BUT_COUNT for audience in Audience})


class Preset(StrEnum):
    """The three plain answers to "how far may we ever show you?"."""

    COUNT_ME_ONLY = "count_me_only"
    CHOSEN_NAME_TO_OFFICES = "chosen_name_to_offices"
    PUBLIC_ADVOCATE = "public_advocate"

    def limits(self) -> Limits:
        """What this answer allows for each audience."""
        return _PRESETS[self]


_PRESETS: Mapping[Preset, Limits] = {
    Preset.COUNT_ME_ONLY: _COUNT_ONLY,
    Preset.CHOSEN_NAME_TO_OFFICES: MappingProxyType({**_COUNT_ONLY, Audience.RECIPIENT: _TO_OFFICES}),
    Preset.PUBLIC_ADVOCATE: MappingProxyType(
        {**{audience: frozenset(Fact) for audience in Audience}, Audience.COUNT: NOTHING_BUT_COUNT}
    ),
}


class UnknownLimit(Exception):
    """A naming limit uses a word that is not in the list."""


def read_facts(text: str) -> Facts:
    """Read a limit written as forms and further ticks joined by "+", such as `chosen_name+survivor`."""
    facts: set[Fact] = {Fact.COUNT}
    for word in filter(None, (part.strip().lower().replace(" ", "_") for part in text.split("+"))):
        facts |= _facts_of(word)
    return frozenset(facts)


def _facts_of(word: str) -> Facts:
    if word in tuple(Form):
        return FORM_FACTS[Form(word)]
    if word in (Fact.SURVIVOR, Fact.CREDENTIAL, Fact.AFFILIATION):
        return frozenset({Fact(word)})
    raise UnknownLimit(word)


def write_facts(facts: Iterable[Fact]) -> str:
    """The stored spelling of a set of facts: always the same for the same set."""
    return " ".join(sorted(facts))


def parse_facts(stored: str) -> Facts:
    """The set behind a stored spelling."""
    return frozenset(Fact(word) for word in stored.split())


def facts_of(words: Iterable[str]) -> Facts:
    """A limit chosen piece by piece: forms and further ticks, in any order."""
    return read_facts("+".join(words))


def forms_within(facts: Facts) -> tuple[Form, ...]:
    """The forms a limit has room for, the least exposing first."""
    return tuple(form for form in Form if FORM_FACTS[form] <= facts)
