"""What each form gives away, and what each answer allows: sets, compared as sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.people.limits import (
    FORM_FACTS,
    NOTHING_BUT_COUNT,
    Audience,
    Fact,
    Form,
    Preset,
    UnknownLimit,
    parse_facts,
    read_facts,
    write_facts,
)

SHOWN = (Audience.RECIPIENT, Audience.WEB, Audience.PRESS)


def test_counted_only_means_counted_only_for_everybody() -> None:
    assert set(Preset.COUNT_ME_ONLY.limits().values()) == {NOTHING_BUT_COUNT}


def test_a_chosen_name_to_offices_is_not_for_the_web_and_not_the_full_name() -> None:
    limits = Preset.CHOSEN_NAME_TO_OFFICES.limits()

    assert FORM_FACTS[Form.CHOSEN_NAME] <= limits[Audience.RECIPIENT]
    assert limits[Audience.WEB] == limits[Audience.PRESS] == NOTHING_BUT_COUNT
    forbidden = {Fact.FULL_NAME, Fact.FIRST_NAME, Fact.INITIALS, Fact.CREDENTIAL, Fact.AFFILIATION}
    assert limits[Audience.RECIPIENT].isdisjoint(forbidden)


@pytest.mark.parametrize("audience", SHOWN)
def test_a_public_advocate_may_be_shown_in_every_form(audience: Audience) -> None:
    allowed = Preset.PUBLIC_ADVOCATE.limits()[audience]

    assert all(facts <= allowed for facts in FORM_FACTS.values())


def test_a_count_never_shows_anybody() -> None:
    assert {preset.limits()[Audience.COUNT] for preset in Preset} == {NOTHING_BUT_COUNT}


@pytest.mark.parametrize("form", Form)
def test_no_form_gives_away_survivor_credential_or_affiliation(form: Form) -> None:
    assert FORM_FACTS[form].isdisjoint({Fact.SURVIVOR, Fact.CREDENTIAL, Fact.AFFILIATION})


def test_initials_are_not_less_than_a_chosen_name_nor_more() -> None:
    initials, chosen = FORM_FACTS[Form.INITIALS], FORM_FACTS[Form.CHOSEN_NAME]

    assert not initials <= chosen
    assert not chosen <= initials


def test_a_full_name_gives_its_initials_and_first_name_away_too() -> None:
    assert FORM_FACTS[Form.FIRST_LAST_INITIAL] < FORM_FACTS[Form.FULL_NAME]
    assert FORM_FACTS[Form.INITIALS] < FORM_FACTS[Form.FIRST_LAST_INITIAL]


def test_a_limit_is_read_as_a_person_writes_it() -> None:
    assert read_facts(" Chosen Name + survivor ") == FORM_FACTS[Form.CHOSEN_NAME] | {Fact.SURVIVOR}
    assert read_facts("") == read_facts("+") == NOTHING_BUT_COUNT


@pytest.mark.parametrize("word", ["photograph", "first_name", "full_name,survivor", "*", "all"])
def test_a_limit_with_an_unknown_word_is_refused(word: str) -> None:
    with pytest.raises(UnknownLimit):
        read_facts(f"count_only+{word}")


@given(st.frozensets(st.sampled_from(Fact)))
def test_a_set_comes_back_as_it_was_stored(facts: frozenset[Fact]) -> None:
    assert parse_facts(write_facts(facts)) == facts
    assert write_facts(facts) == write_facts(sorted(facts, reverse=True))
