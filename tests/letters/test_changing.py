"""What can be called a typo, and what cannot: in doubt it cannot."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.letters.changing import MOST_WORDS, Reason, forced_material

BODY = (
    "They ask for three homes, two wages and $1,500 by May 3, which is 50% of it.\n\n"
    "The comittee should not wait. We are survivors, and H.R. 1144 has a section 7 that Senator Sample wrote "
    "in 2026. See https://letters.example/one for for more, and recieve them all."
)


def reasons(before: str, after: str, title: str = "A title") -> tuple[Reason, ...]:
    return forced_material("A title", before, title, after)


def replaced(one: str, other: str) -> tuple[Reason, ...]:
    assert one in BODY
    return reasons(BODY, BODY.replace(one, other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recieve", "receive"),
        ("comittee", "committee"),
        ("for for", "for"),
        ("wait. We", "wait! We"),
        ("homes, two", "homes two"),
        ("that Senator", "which that Senator"),
    ],
)
def test_a_slip_of_the_pen_may_be_a_typo(one: str, other: str) -> None:
    assert replaced(one, other) == ()


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("three", "four", Reason.NUMBER),
        ("1,500", "1.500", Reason.NUMBER),
        ("$1,500", "-$1,500", Reason.NUMBER),
        ("50%", "50", Reason.SIGN),
        ("May", "June", Reason.DATE),
        ("section", "paragraph", Reason.BILL),
        ("1144", "1145", Reason.NUMBER),
        ("Sample", "Simple", Reason.NAME),
        ("should not wait", "should wait", Reason.NOT),
        ("should not", "shouldn’t", Reason.NOT),
        ("We are", "They are", Reason.SELVES),
        ("survivors", "people", Reason.SELVES),
        ("should", "could", Reason.LIMIT),
        ("/one", "/two", Reason.LINK),
        ("homes", "houses", Reason.WORD),
        ("homes", "warm homes", Reason.WORD),
        ("homes, ", "", Reason.WORD),
    ],
)
def test_what_carries_meaning_is_no_typo(one: str, other: str, reason: Reason) -> None:
    assert reason in replaced(one, other)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("El comité debe esperar.", "El comité no debe esperar.", Reason.NOT),
        ("Sin demora.", "Con demora.", Reason.NOT),
        ("Somos sobrevivientes.", "Somos personas.", Reason.SELVES),
        ("Pedimos diez casas.", "Pedimos cien casas.", Reason.NUMBER),
        ("El 3 de mayo.", "El 3 de junio.", Reason.DATE),
        ("Pueden esperar.", "Deben esperar.", Reason.LIMIT),
        ("Nunca.", "Siempre.", Reason.NOT),
    ],
)
def test_spanish_is_held_to_the_same(before: str, after: str, reason: Reason) -> None:
    assert reason in reasons(before, after)


def test_a_spanish_slip_may_be_a_typo() -> None:
    assert reasons("Las familas esperan en la casa.", "Las familias esperan en la casa.") == ()


def test_another_title_is_another_letter() -> None:
    assert reasons(BODY, BODY, title="A titles") == (Reason.TITLE,)


def test_a_not_that_only_moved_is_no_typo() -> None:
    assert Reason.NOT in reasons("They do not wait and they work.", "They do wait and they do not work.")


def test_two_numbers_that_changed_places_are_no_typo() -> None:
    assert Reason.NUMBER in reasons("There are 3 homes and 5 jobs.", "There are 5 homes and 3 jobs.")


def test_every_reason_is_told_and_each_once() -> None:
    found = replaced("three homes, two wages", "four homes, six wages")

    assert found.count(Reason.NUMBER) == 1
    assert set(found) >= {Reason.NUMBER, Reason.WORD}


def test_many_slips_at_once_are_more_than_a_typo() -> None:
    wrong = "recieve " + "word here " * 1000
    more = wrong.replace("word here", "wrod here", MOST_WORDS - 6)

    assert Reason.LENGTH not in reasons(wrong, more)
    assert Reason.LENGTH in reasons(wrong, wrong.replace("word here", "wrod here", MOST_WORDS + 1))
    assert Reason.LENGTH in reasons("hause bred melk wather", "house bread milk water")


def test_the_same_letters_written_in_another_way_are_no_change() -> None:
    assert reasons("Diecise\u0301is casas.", "Dieciséis casas.") == ()


_WORDS = st.sampled_from(
    ["they", "wait", "in", "the", "small", "house", "for", "bread", "and", "water", "so", "that", "opens"]
)
_PROSE = st.lists(_WORDS, min_size=3, max_size=60)
_NUMBER = st.one_of(
    st.integers(0, 10**9).map(str),
    st.sampled_from(
        ["three", "ninety", "half", "dozen", "$5", "7%", "1,000", "3.5", "-4", "doce", "mil", "iv"]
    ),
)


@given(_PROSE, st.integers(0, 59), _NUMBER, _NUMBER)
def test_another_number_anywhere_is_never_a_typo(words: list[str], at: int, number: str, other: str) -> None:
    place = at % len(words)
    before, after = (" ".join([*words[:place], one, *words[place:]]) for one in (number, other))

    assert bool(reasons(before, after)) == (number != other)


@given(
    _PROSE, st.integers(0, 59), st.sampled_from(["not", "never", "no", "without", "don’t", "nunca", "sin"])
)
def test_a_not_that_comes_or_goes_is_never_a_typo(words: list[str], at: int, negation: str) -> None:
    place = at % len(words)
    without, with_it = " ".join(words), " ".join([*words[:place], negation, *words[place:]])

    assert Reason.NOT in reasons(without, with_it)
    assert Reason.NOT in reasons(with_it, without)


@given(_PROSE, _PROSE)
def test_a_text_is_a_typo_away_only_if_hardly_a_word_differs(one: list[str], other: list[str]) -> None:
    before, after = " ".join(one), " ".join(other)
    if not reasons(before, after):
        assert abs(len(one) - len(other)) <= 3


def test_every_reason_is_a_sentence() -> None:
    assert all(re.fullmatch(r"[A-Z].*\.", reason) for reason in Reason)
