"""Before the letter, a word on what is hard to read; beside it, the letter in short."""

import pytest

from advocacy.letters.summaries import write_summary
from tests import make
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone


def say(house: House, short: str = "", note: str = "", language: str = "en") -> None:
    with house.database.transaction() as session:
        write_summary(
            session,
            house.version.id,
            language,
            summary=short,
            content_note=note,
            by=house.cast.amara,
            now=house.now,
        )


def arrived(house: House) -> Phone:
    return Phone(house.client, key=house.key(house.cast.dee)).arrive()


def test_what_is_hard_to_read_is_said_before_the_letter(house: House) -> None:
    say(house, note="It names violence.")
    phone = arrived(house)

    assert "Before you read It names violence." in phone.words
    assert "three things" not in phone.words
    assert "It names violence." not in phone.read().words


def test_she_may_choose_without_reading_what_is_hard(house: House) -> None:
    say(house, note="It names violence.")
    phone = arrived(house).press("Choose and do not read it now")

    assert "three things" not in phone.words
    phone.press("Count me, no name").press("Sign", agree="yes")
    assert phone.state == "Thank you. You have signed."


def test_a_letter_that_is_not_hard_to_read_has_no_way_around_it(house: House) -> None:
    say(house, short="It asks for homes.")

    assert arrived(house).buttons.count("Choose and do not read it now") == 0


def test_the_letter_in_short_stands_beside_its_text(house: House) -> None:
    say(house, short="It asks for homes.")
    words = house.phone(house.cast.dee).words

    assert "In short It asks for homes." in words
    assert words.index("It asks for homes.") < words.index("three things")


@pytest.mark.parametrize(("spanish", "language"), [("Pide casas.", "es"), ("", "en")])
def test_in_spanish_she_reads_it_in_short_in_spanish_where_it_was_written(
    house: House, spanish: str, language: str
) -> None:
    say(house, short="It asks for homes.")
    say(house, short=spanish, language="es")
    phone = arrived(house).press("Español").read()

    section = phone.soup.select_one(".short > p")
    assert section is not None
    assert (section.text, section["lang"]) == (spanish or "It asks for homes.", language)


def test_what_was_said_of_older_words_is_not_shown(house: House) -> None:
    say(house, short="It asks for homes.", note="It names violence.")
    with house.database.transaction() as session:
        make.edit(session, house.cast, house.version.letter_id, now=house.now, body="We ask for nothing.")
    phone = arrived(house)

    assert "It names violence." not in phone.words
    assert "It asks for homes." not in phone.read().words
