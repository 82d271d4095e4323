"""The form that says how far a person may ever be shown: one of three answers, or a finer one."""

from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from advocacy.people.limits import (
    NOTHING_BUT_COUNT,
    Audience,
    Fact,
    Facts,
    Form,
    Limits,
    Preset,
    facts_of,
    forms_within,
)
from advocacy.web.forms import OfficeForm, options

AUDIENCES = {
    Audience.RECIPIENT: "Offices",
    Audience.WEB: "The web",
    Audience.PRESS: "The press",
}
FINER = "finer"
_ANSWERS = (
    (Preset.COUNT_ME_ONLY, "Count me only. Offices, the web and the press get a number, never a name."),
    (
        Preset.CHOSEN_NAME_TO_OFFICES,
        "My chosen name to offices. Offices may see up to her state, her chosen name and that she is a"
        " survivor. The web and the press get a number.",
    ),
    (
        Preset.PUBLIC_ADVOCATE,
        "Public advocate. Offices, the web and the press may see up to her full name; each time she chooses"
        " how much.",
    ),
    (FINER, "Something finer, as ticked below"),
)
_PIECES = {
    Form.DESCRIPTOR: "that she is a member",
    Form.REGION: "her region",
    Form.STATE: "her state",
    Form.INITIALS: "her initials",
    Form.FIRST_LAST_INITIAL: "her first name and last initial",
    Form.CHOSEN_NAME: "her chosen name",
    Form.FULL_NAME: "her full name",
    Fact.SURVIVOR: "that she is a survivor",
    Fact.CREDENTIAL: "her credential",
    Fact.AFFILIATION: "her affiliation",
}
_FURTHER = (Fact.SURVIVOR, Fact.CREDENTIAL, Fact.AFFILIATION)


def _pieces(label: str) -> SelectMultipleField:
    return SelectMultipleField(label, choices=options([(piece, words) for piece, words in _PIECES.items()]))


class LimitForm(OfficeForm):
    """How far she may ever be shown, as she said it herself."""

    answer = RadioField(
        "How far may she ever be shown?",
        [InputRequired("Please choose what she said.")],
        choices=options(_ANSWERS),
    )
    recipient = _pieces("Offices may see")
    web = _pieces("The web may see")
    press = _pieces("The press may see")
    by_voice = BooleanField("She said so herself, by voice, today")

    @property
    def limits(self) -> Limits:
        """What she said, for each audience."""
        if self.answer.data != FINER:
            return Preset(self.answer.data).limits()
        return {audience: facts_of(self[audience].data or ()) for audience in AUDIENCES}


def pieces_of(facts: Facts) -> list[str]:
    """What of a limit is ticked in the form."""
    return [*forms_within(facts)[1:], *(fact for fact in _FURTHER if fact in facts)]


def in_words(facts: Facts) -> str:
    """A limit as somebody would say it."""
    if facts == NOTHING_BUT_COUNT:
        return "only a number"
    return ", ".join(
        _PIECES[Form(piece) if piece in tuple(Form) else Fact(piece)] for piece in pieces_of(facts)
    )


def answer_of(limits: Limits) -> str:
    """Which of the answers these limits are."""
    same = (
        one for one in Preset if all(one.limits()[audience] == limits[audience] for audience in AUDIENCES)
    )
    return next(same, FINER)
