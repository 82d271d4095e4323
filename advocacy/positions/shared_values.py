"""The values members hold in common. A block must say which of them the text would break. Pure."""

from enum import StrEnum


class SharedValue(StrEnum):
    """One value a block can rest on."""

    HUMAN_RIGHTS = "human_rights"
    PUBLIC_HEALTH = "public_health"
    NON_CARCERAL = "non_carceral"
    DISABILITY_JUSTICE = "disability_justice"
    RACIAL_EQUITY = "racial_equity"
    SURVIVOR_LEADERSHIP = "survivor_leadership"

    @property
    def label(self) -> str:
        """The value as people say it."""
        return _VALUES[self][0]

    @property
    def meaning(self) -> str:
        """What the value asks of a text, in one sentence."""
        return _VALUES[self][1]


_VALUES = {
    SharedValue.HUMAN_RIGHTS: (
        "Human rights",
        "Every person keeps her rights, whatever her papers, her work or her past.",
    ),
    SharedValue.PUBLIC_HEALTH: (
        "Public health",
        "We look for causes and prevent harm, and do not only answer it afterwards.",
    ),
    SharedValue.NON_CARCERAL: (
        "Care, not cages",
        "Safety is not built from more arrests, longer sentences or more watching.",
    ),
    SharedValue.DISABILITY_JUSTICE: (
        "Disability justice",
        "Disabled people lead, and access is planned and paid for from the start.",
    ),
    SharedValue.RACIAL_EQUITY: (
        "Racial equity",
        "We ask who gains and who carries the burden, and refuse to add to an unequal one.",
    ),
    SharedValue.SURVIVOR_LEADERSHIP: (
        "Survivor leadership",
        "People who lived it decide, are paid for their time, and owe nobody their story.",
    ),
}
