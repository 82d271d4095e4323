"""What changed between two texts, told in words."""

import random
import time

from hypothesis import given
from hypothesis import strategies as st

from advocacy.differences import Change, Kind, Segment, changes, passages, segments, sentences

BEFORE = "We ask Congress to pay survivors. Help must not depend on police."


def test_one_removed_word_is_told_with_its_place() -> None:
    after = "We ask Congress to pay survivors. Help must depend on police."

    assert sentences(BEFORE, after) == ("Removed: “not”, after “to pay survivors. Help must”.",)


def test_one_added_word_is_told_with_its_place() -> None:
    after = "We ask Congress to pay all survivors. Help must not depend on police."

    assert sentences(BEFORE, after) == ("Added: “all”, after “We ask Congress to pay”.",)


def test_a_replaced_word_is_one_change_and_not_two() -> None:
    after = "We urge Congress to pay survivors. Help must not depend on police."

    assert sentences(BEFORE, after) == ("Changed “ask” to “urge”, after “We”.",)


def test_neighbouring_replaced_words_are_one_change() -> None:
    assert sentences("a calm old house", "a noisy new house") == (
        "Changed “calm old” to “noisy new”, after “a”.",
    )


def test_changes_in_two_paragraphs_stay_two_changes() -> None:
    assert len(changes("one\n\ntwo", "red\n\nblue")) == 2


def test_a_change_at_the_very_start_says_so() -> None:
    assert sentences("Pay survivors.", "Always pay survivors.") == (
        "Changed “Pay” to “Always pay”, at the beginning.",
    )


def test_words_are_never_cut_in_half() -> None:
    found = segments("They organise.", "They organised.")

    assert [(piece.kind, piece.text) for piece in found] == [
        (Kind.SAME, "They "),
        (Kind.REMOVED, "organise"),
        (Kind.ADDED, "organised"),
        (Kind.SAME, "."),
    ]


def test_names_numbers_and_dates_are_whole_words() -> None:
    (change,) = changes("Pay $1,000.50 to Ana-Lucía’s fund.", "Pay $2,000.50 to Ana-Lucía’s fund.")

    assert change == Change("1,000.50", "2,000.50", "Pay $")


def test_a_new_paragraph_is_a_change_and_a_new_space_is_none() -> None:
    assert sentences("One. Two.", "One.\n\nTwo.") == ("Moved a paragraph break, after “One.”.",)
    assert sentences("One. Two.", "One.  Two.") == ()
    assert sentences("One\nTwo", "One Two") == ()


def test_the_same_text_has_no_changes() -> None:
    assert sentences(BEFORE, BEFORE) == ()
    assert segments(BEFORE, BEFORE) == (Segment(Kind.SAME, BEFORE),)
    assert segments("", "") == ()


def test_everything_new_and_everything_gone_are_told() -> None:
    assert sentences("", "All new.") == ("Added: “All new.”, at the beginning.",)
    assert sentences("All gone.", "") == ("Removed: “All gone.”, at the beginning.",)


def test_hostile_text_comes_back_as_text() -> None:
    found = segments("a", "a <script>alert(1)</script>")

    assert "".join(piece.text for piece in found) == "a <script>alert(1)</script>"


TEXTS = st.text(alphabet=st.sampled_from("ab ñ李é.,-’\n1"), max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_always_make_both_texts_again(before: str, after: str) -> None:
    found = segments(before, after)

    assert "".join(piece.text for piece in found if piece.kind is not Kind.ADDED) == before
    assert "".join(piece.text for piece in found if piece.kind is not Kind.REMOVED) == after


@given(before=TEXTS, after=TEXTS)
def test_a_letter_that_changed_is_always_told_and_the_same_text_never(before: str, after: str) -> None:
    if "".join(before.split()) != "".join(after.split()):
        assert sentences(before, after)
    if before == after:
        assert not sentences(before, after)


def test_a_space_that_makes_other_words_is_told() -> None:
    assert sentences("a therapist", "a the rapist") == ("Changed “therapist” to “the rapist”, after “a”.",)
    assert sentences("cannot", "can not") == ("Changed “cannot” to “can not”, at the beginning.",)


def test_five_thousand_words_take_under_two_seconds() -> None:
    chance = random.Random(7)
    words = [f"word{chance.randrange(1500)}" for _ in range(5000)]
    edited = list(words)
    for place in chance.sample(range(5000), 200):
        edited[place] = "changed"

    began = time.monotonic()
    found = changes(" ".join(words), " ".join(edited))

    assert time.monotonic() - began < 2
    assert 150 < len(found) <= 200


def test_more_kinds_of_words_than_there_are_plain_characters_still_compare() -> None:
    many = " ".join(f"w{n}" for n in range(60_000))

    found = segments(many, many + " end")

    assert "".join(piece.text for piece in found) == many + " end"


def test_only_the_paragraphs_that_change_are_passages() -> None:
    found = passages(segments("One.\n\nTwo words.\n\nThree.", "One.\n\nTwo birds.\n\nThree."))

    assert ["".join(f"{piece.kind}:{piece.text}|" for piece in part) for part in found] == [
        "same:Two |removed:words|added:birds|same:.|"
    ]


def test_a_paragraph_that_came_is_a_passage_of_its_own() -> None:
    found = passages(segments("One.\n\nThree.", "One.\n\nTwo.\n\nThree."))

    assert "Two." in "".join(piece.text for part in found for piece in part)
    assert all("Three" not in piece.text for part in found for piece in part if piece.kind is Kind.SAME)


def test_the_same_text_has_no_passage() -> None:
    assert passages(segments("One.\n\nTwo.", "One.\n\nTwo.")) == ()
