"""How what was read is compared with what was approved."""

from advocacy.editions.words import Difference, alike, differences, same_text, squeeze


def _missing(text: str) -> Difference:
    return Difference(missing=True, text=text)


def _extra(text: str) -> Difference:
    return Difference(missing=False, text=text)


def test_white_space_and_invisible_marks_do_not_count() -> None:
    assert squeeze(" W\u00a0r\u200be\u00adn\n\t") == "Wren"
    assert squeeze("ﬁnch…") == "finch..."


def test_right_to_left_letters_may_come_in_any_order() -> None:
    assert same_text("لاثم", "مثال")
    assert not same_text("nerW", "Wren")
    assert not same_text("مثا", "مثال")


def test_lost_marks_are_forgiven_and_other_letters_are_not() -> None:
    assert alike("กาลังนา", "กําลังน้ํา")
    assert not alike("กาลังนาม", "กําลังน้ํา")
    assert not alike("ก", "กําลังน้ํา")
    assert alike("Adebayo", "Adebayo\u0300") is True
    assert not alike("Rowan", "กําลังน้ํา")


def test_the_same_words_have_no_difference() -> None:
    assert list(differences("onetwothree", ["one", "two", "three"])) == []


def test_words_before_between_and_after_are_left_over() -> None:
    assert list(differences("xoneytwoz", ["one", "two"])) == [_extra("x"), _extra("y"), _extra("z")]


def test_a_missing_stretch_is_named_and_the_walk_goes_on() -> None:
    assert list(differences("onethree", ["one", "two", "three"])) == [_missing("two")]


def test_another_order_is_a_difference() -> None:
    assert list(differences("twoone", ["one", "two"])) == [_extra("two"), _missing("two")]


def test_joined_letters_end_where_the_next_stretch_begins() -> None:
    assert list(differences("กาลังนาWren", ["กําลังน้ํา", "Wren"])) == []
    assert list(differences("กาลังนาRowanWren", ["กําลังน้ํา", "Wren"])) == [_extra("Rowan")]
