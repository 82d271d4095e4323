"""The form of choices: what it offers within a limit, and what is read from what comes back."""

import pytest

from advocacy.letters.models import Letter, LetterVersion, Opening
from advocacy.people.limits import FORM_FACTS, Audience, Fact, Facts, Form
from advocacy.signons.consent import Choice, Places, Terms, Words
from advocacy.signons.previews import LongerThanOffered, NotChosen, OverLimit, Wish
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked
from advocacy.web.signer import wishes
from tests.conftest import NOW

WORDS = Words(name="Wren Sample", chosen_name="Juniper", state="OH", credential="LCSW")
ALL = frozenset(Fact)
WEB = Audience.WEB


def asked(limit: Facts = ALL, words: Words = WORDS, *, implies_survivor: bool = False) -> Asked:
    terms = Terms(limit, implies_survivor, Places(state=True, region=True))
    return Asked(
        letter=Letter(language="en", implies_survivor=implies_survivor),
        version=LetterVersion(),
        texts=frozenset(),
        opening=Opening(),
        offices=(),
        words=words,
        terms=dict.fromkeys(CHOSEN_AUDIENCES, terms),
        is_open=False,
    )


def offer(known: Asked, before: Choice | None = None) -> wishes.Offer:
    prior = dict.fromkeys(CHOSEN_AUDIENCES, before) if before else None
    return next(one for one in wishes.offers(known, prior) if one.audience is WEB)


def test_the_least_exposing_form_is_offered_first() -> None:
    assert offer(asked()).forms[0] is Form.COUNT_ONLY
    assert offer(asked()).forms[-1] is Form.FULL_NAME


def test_ticks_are_offered_only_where_the_limit_and_a_word_are_there() -> None:
    assert offer(asked()).ticks == ("survivor", "credential")
    assert offer(asked(ALL - {Fact.SURVIVOR})).ticks == ("credential",)
    assert offer(asked(frozenset({Fact.COUNT, Fact.SURVIVOR}))).ticks == ()


def test_a_letter_from_survivors_offers_no_line_to_whoever_did_not_allow_that_fact() -> None:
    known = asked(ALL - {Fact.SURVIVOR}, implies_survivor=True)

    assert not offer(known).is_a_choice


def test_only_less_is_offered_below_what_stood_before() -> None:
    before = Choice(Form.FIRST_LAST_INITIAL, survivor=True)

    assert offer(asked(), before).forms == (Form.COUNT_ONLY, Form.INITIALS, Form.FIRST_LAST_INITIAL)
    assert offer(asked(), before).ticks == ("survivor",)
    assert offer(asked(), Choice()).forms == (Form.COUNT_ONLY,)


def read(known: Asked, **fields: str) -> wishes.Answer:
    sent = {name.replace("_on_", "-"): value for name, value in fields.items()}
    return wishes.read(sent, known, [offer(known)], NOW.date())


def test_what_was_chosen_is_read() -> None:
    answer = read(asked(), form_on_web="initials", survivor_on_web="1", days_on_web="30")

    assert answer.wishes == {WEB: Wish(Choice(Form.INITIALS, survivor=True), 30)}
    assert answer.faults == {}


def test_days_nobody_chose_are_those_that_stand() -> None:
    assert read(asked(), form_on_web="initials").wishes[WEB].days == 182


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, NotChosen),
        ({"form_on_web": "everything"}, NotChosen),
        ({"form_on_web": "initials", "affiliation_on_web": "1"}, OverLimit),
        ({"form_on_web": "initials", "days_on_web": "-1"}, LongerThanOffered),
        ({"form_on_web": "initials", "days_on_web": "٣٠"}, LongerThanOffered),
    ],
)
def test_what_cannot_be_is_said_to_be_wrong(fields: dict[str, str], fault: type[Exception]) -> None:
    answer = read(asked(), **fields)

    assert answer.faults == {WEB: fault}
    assert answer.wishes == {}


def test_more_than_the_limit_is_over_it() -> None:
    assert read(asked(FORM_FACTS[Form.INITIALS]), form_on_web="full_name").faults == {WEB: OverLimit}


def test_whoever_has_no_choice_is_counted_whatever_the_form_says() -> None:
    answer = read(asked(frozenset({Fact.COUNT})), form_on_web="full_name", survivor_on_web="1")

    assert answer.wishes[WEB].choice == Choice()


def test_wishes_survive_being_carried_on_as_fields() -> None:
    known = asked()
    wished = dict.fromkeys(CHOSEN_AUDIENCES, Wish(Choice(Form.CHOSEN_NAME, credential=True), 90))

    again = wishes.read(wishes.as_fields(wished), known, wishes.offers(known), NOW.date())

    assert again.wishes == {**wished, Audience.PRESS: Wish(Choice(Form.CHOSEN_NAME, credential=True), 90)}


def test_only_the_fields_of_choices_are_carried_on() -> None:
    assert wishes.only_ours({"form-web": "x" * 99, "key": "secret", "form-count": "full_name"}) == {
        "form-web": "x" * 40
    }


def test_kept_choices_come_back_for_the_same_words_only() -> None:
    kept = wishes.keep({"form-web": "initials"}, "abc")

    assert wishes.kept_for(kept, "abc") == {"form-web": "initials"}
    assert wishes.kept_for(kept, "abd") == {}
    assert wishes.kept_for(None, "abc") == {}
