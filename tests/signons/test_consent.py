"""The table of consent, against the rules said a second time in plain sets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, product

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from advocacy.people.limits import Audience, Fact, Facts, Form
from advocacy.people.places import REGIONS, STATES
from advocacy.signons.consent import (
    SPANS,
    Choice,
    Given,
    Outcome,
    Places,
    Printing,
    Terms,
    Words,
    decide,
    is_allowed,
    line,
    narrower,
    revealed,
)
from advocacy.signons.offering import forms_too_rare, open_forms
from advocacy.signons.tongues import TONGUES

NOW = datetime(2026, 12, 1, tzinfo=UTC)
TEXT, OTHER_TEXT = "a" * 64, "b" * 64
ALL: Facts = frozenset(Fact)
ANYWHERE = Places(state=True, region=True)

# The rules once more, in the words of the design and not in those of the code.
GIVES_AWAY = {
    "count_only": "count",
    "descriptor": "count member",
    "region": "count member region",
    "state": "count member region state",
    "initials": "count initials",
    "first_last_initial": "count initials first_name",
    "chosen_name": "count chosen_name",
    "full_name": "count initials first_name full_name",
}
NAMED = tuple(form for form in Form if form is not Form.COUNT_ONLY)
TICKS = tuple(product((False, True), repeat=3))
CHOICES = tuple(Choice(form, *ticks) for form in Form for ticks in TICKS)
PLACES = tuple(Places(state, region) for state, region in product((False, True), repeat=2))
RIVER = Choice(Form.CHOSEN_NAME)
WORDS = Words("Maria Ramirez", "River", "OH", "LCSW", "Sample House")


def needed(choice: Choice, *, implies_survivor: bool) -> set[str]:
    facts = set(GIVES_AWAY[choice.form].split())
    if choice.form == "count_only":
        return facts
    ticked = {
        "survivor": choice.survivor or implies_survivor,
        "credential": choice.credential,
        "affiliation": choice.affiliation,
    }
    return facts | {fact for fact, there in ticked.items() if there}


def fits(form: Form, places: Places) -> bool:
    return {"state": places.state, "region": places.region}.get(form, True)


def consent(choice: Choice = RIVER, **changes: object) -> Given:
    plain: dict[str, object] = {
        "choice": choice,
        "text_sha256": TEXT,
        "offices": frozenset({"one", "two"}),
        "latest_at": NOW + timedelta(days=1),
    }
    return Given(**(plain | changes))  # type: ignore[arg-type]


def printing(**changes: object) -> Printing:
    plain: dict[str, object] = {"texts": frozenset({TEXT}), "offices": frozenset({"one"}), "at": NOW}
    return Printing(**(plain | changes))  # type: ignore[arg-type]


def terms(limit: Facts = ALL, *, implies_survivor: bool = False, places: Places = ANYWHERE) -> Terms:
    return Terms(limit, implies_survivor, places)


def test_each_choice_reveals_just_what_the_design_says() -> None:
    for choice, implies in product(CHOICES, (False, True)):
        assert revealed(choice, implies_survivor=implies) == needed(choice, implies_survivor=implies), choice


def test_a_choice_is_allowed_only_when_every_fact_of_it_is() -> None:
    for choice, implies, places in product(CHOICES, (False, True), PLACES):
        facts = frozenset(Fact(word) for word in needed(choice, implies_survivor=implies))
        assert is_allowed(choice, terms(facts, implies_survivor=implies, places=places)) == fits(
            choice.form, places
        )
        for missing in facts:
            assert not is_allowed(choice, terms(ALL - {missing}, implies_survivor=implies))


@drawn(st.sampled_from(CHOICES), st.frozensets(st.sampled_from(Fact)), st.booleans(), st.sampled_from(PLACES))
def test_every_limit_is_a_subset_test(choice: Choice, limit: Facts, implies: bool, places: Places) -> None:
    allowed = is_allowed(choice, Terms(limit, implies, places))

    assert allowed == (needed(choice, implies_survivor=implies) <= set(limit) and fits(choice.form, places))


def circumstances() -> Iterator[tuple[Given, Terms, Printing, str]]:
    """Every way a consent can stand, with what must become of it, said once more."""
    offices = {
        frozenset({"one"}): True,
        frozenset({"one", "two"}): True,
        frozenset({"one", "three"}): False,
        frozenset({"three"}): False,
        frozenset[str](): True,
    }
    ends = {-1: True, 0: True, 1: False}
    limits = ((True, ALL), (False, frozenset({Fact.COUNT})))
    for choice, (asked, all_known), (minutes, over), ended, text, (wide, limit), implies, places in product(
        CHOICES,
        offices.items(),
        ends.items(),
        (False, True),
        (TEXT, OTHER_TEXT),
        limits,
        (False, True),
        PLACES,
    ):
        end = NOW + timedelta(minutes=minutes)
        known = consent(choice, latest_at=end, ended=ended)
        if ended or over or text != TEXT:
            wanted = "nothing"
        elif choice.form == "count_only" or not all_known or not wide or not fits(choice.form, places):
            wanted = "count"
        else:
            wanted = "line"
        yield known, Terms(limit, implies, places), printing(texts=frozenset({text}), offices=asked), wanted


def test_the_whole_table_holds() -> None:
    seen = {wanted: 0 for wanted in Outcome}
    for known, held, asked, wanted in circumstances():
        assert decide(known, held, asked) == wanted, (known, held, asked)
        seen[Outcome(wanted)] += 1

    assert all(seen.values())


def test_a_consent_ends_so_many_days_after_sending() -> None:
    known = consent(latest_at=NOW + timedelta(days=180), days_after_sending=30)

    assert known.ends_at(None) == NOW + timedelta(days=180)
    assert known.ends_at(NOW) == NOW + timedelta(days=30)
    assert known.ends_at(NOW + timedelta(days=170)) == NOW + timedelta(days=180)
    at = NOW + timedelta(days=30)
    assert decide(known, terms(), printing(at=at, sent_at=NOW)) is Outcome.NOTHING
    assert decide(known, terms(), printing(at=at - timedelta(seconds=1), sent_at=NOW)) is Outcome.LINE
    assert decide(known, terms(), printing(at=at)) is Outcome.LINE


def test_the_ends_are_those_of_the_design() -> None:
    assert (SPANS[Audience.RECIPIENT].days_after_sending, max(SPANS[Audience.RECIPIENT].offered_days)) == (
        30,
        180,
    )
    assert (SPANS[Audience.WEB].default_days, max(SPANS[Audience.WEB].offered_days)) == (182, 365)
    assert (SPANS[Audience.PRESS].default_days, max(SPANS[Audience.PRESS].offered_days)) == (30, 90)
    assert SPANS[Audience.COUNT].default_days == 90
    assert all(span.default_days in span.offered_days for span in SPANS.values())


ENGLISH = {
    Form.COUNT_ONLY: None,
    Form.DESCRIPTOR: "A member of the network",
    Form.REGION: "A member from the Midwest",
    Form.STATE: "A member from Ohio",
    Form.INITIALS: "M. R.",
    Form.FIRST_LAST_INITIAL: "Maria R.",
    Form.CHOSEN_NAME: "River",
    Form.FULL_NAME: "Maria Ramirez",
}
SPANISH = ENGLISH | {
    Form.DESCRIPTOR: "Integrante de la red",
    Form.REGION: "Integrante de la red, Medio Oeste",
    Form.STATE: "Integrante de la red, Ohio",
}


@pytest.mark.parametrize("form", Form)
def test_each_form_prints_its_words(form: Form) -> None:
    assert line(Choice(form), WORDS, "en") == ENGLISH[form]


@pytest.mark.parametrize("form", Form)
def test_each_form_prints_its_words_in_spanish(form: Form) -> None:
    assert line(Choice(form), WORDS, "es") == SPANISH[form]


@pytest.mark.parametrize("place", [*REGIONS, *STATES.values()])
def test_no_place_is_half_english_in_a_spanish_letter(place: str) -> None:
    assert not TONGUES["es"].get(place, place).startswith("the ")


def test_the_ticks_are_spanish_in_a_spanish_letter() -> None:
    assert line(Choice(Form.CHOSEN_NAME, True, True, True), WORDS, "es") == (
        "River, sobreviviente, LCSW, Sample House (solo para identificación)"
    )


@pytest.mark.parametrize("form", NAMED)
def test_each_tick_adds_its_own_words_and_no_others(form: Form) -> None:
    further = ("survivor", "LCSW", "Sample House (for identification only)")
    for ticks in TICKS:
        wanted = [ENGLISH[form], *(words for words, there in zip(further, ticks, strict=True) if there)]
        assert line(Choice(form, *ticks), WORDS) == ", ".join(filter(None, wanted))


def test_whoever_is_only_counted_has_no_line_whatever_is_ticked() -> None:
    assert {
        line(Choice(Form.COUNT_ONLY, *ticks), WORDS, tongue) for ticks in TICKS for tongue in ("en", "es")
    } == {None}


@pytest.mark.parametrize("form", NAMED)
def test_a_missing_word_gives_no_line_and_never_half_of_one(form: Form) -> None:
    nobody = line(Choice(form), Words())

    assert nobody == (ENGLISH[form] if form is Form.DESCRIPTOR else None)
    assert line(Choice(form, credential=True), Words("Maria Ramirez", "River", "OH")) is None
    assert line(Choice(form, affiliation=True), Words("Maria Ramirez", "River", "OH")) is None


SHORT = {
    "Maria Ramirez": ("M. R.", "Maria R."),
    "Ana-Lucía Ejemplo Torres": ("A. E. T.", "Ana-Lucía T."),
    "Maria R. Ramirez": ("M. R. R.", "Maria R."),
    "J Sample": ("J. S.", "J S."),
    "“Mimi” Sample": ("M. S.", "“Mimi” S."),
    "Nguyễn Mẫu": ("N. M.", "Nguyễn M."),
    "E\u0301va \u00c9jemplo": ("E\u0301. É.", "E\u0301va É."),
    "राम उदाहरण": ("रा. उ.", "राम उ."),
    "محمد مثال": ("م. م.", "محمد م."),
    "李 小明": (None, "李 小."),
}
TOO_SHORT = ("Hope", "李示例", "李 明", "小明 李", "Thu O", "Maria R.", "Hope —", "", "김 수", "Hope (2)")


@pytest.mark.parametrize("name", SHORT)
def test_a_short_form_keeps_the_letters_that_belong_together(name: str) -> None:
    words = Words(name)

    assert (line(Choice(Form.INITIALS), words), line(Choice(Form.FIRST_LAST_INITIAL), words)) == SHORT[name]


@pytest.mark.parametrize("name", TOO_SHORT)
def test_a_short_form_never_prints_the_whole_name(name: str) -> None:
    words, limit = Words(name), terms(ALL)

    assert line(Choice(Form.INITIALS), words) is None
    assert line(Choice(Form.FIRST_LAST_INITIAL), words) is None
    assert not {Form.INITIALS, Form.FIRST_LAST_INITIAL} & set(open_forms(words, limit))


def test_the_least_exposing_form_is_offered_first_and_never_one_over_the_limit() -> None:
    offices = frozenset({Fact.COUNT, Fact.CHOSEN_NAME})

    assert open_forms(WORDS, terms()) == tuple(Form)
    assert open_forms(WORDS, terms(offices)) == (Form.COUNT_ONLY, Form.CHOSEN_NAME)
    assert open_forms(WORDS, terms(offices, implies_survivor=True)) == (Form.COUNT_ONLY,)
    assert open_forms(WORDS, terms(frozenset())) == (Form.COUNT_ONLY,)
    assert Form.STATE not in open_forms(WORDS, terms(places=Places(state=False, region=True)))
    assert open_forms(Words(), terms()) == (Form.COUNT_ONLY, Form.DESCRIPTOR)


def test_an_unknown_place_is_never_told() -> None:
    nowhere = Words("Maria Ramirez", "River", "ZZ")

    assert line(Choice(Form.STATE), nowhere) is None
    assert line(Choice(Form.REGION), nowhere) is None


def test_narrower_means_no_new_fact_for_any_audience() -> None:
    for (new, before), implies in product(combinations(CHOICES, 2), (False, True)):
        told = needed(new, implies_survivor=implies) <= needed(before, implies_survivor=implies)
        assert narrower([(new, before)], implies_survivor=implies) == told
    full, chosen = Choice(Form.FULL_NAME), Choice(Form.CHOSEN_NAME)
    assert not narrower([(Choice(), full), (chosen, full)], implies_survivor=False)
    assert narrower([], implies_survivor=True)


def test_where_too_few_live_the_form_is_named_and_not_offered() -> None:
    alone = terms(places=Places(state=False, region=False))

    assert forms_too_rare(WORDS, alone) == (Form.REGION, Form.STATE)
    assert forms_too_rare(WORDS, terms(places=Places(state=False, region=True))) == (Form.STATE,)
    assert forms_too_rare(WORDS, terms()) == ()
    assert forms_too_rare(WORDS, terms(frozenset(), places=Places(state=False, region=False))) == ()
