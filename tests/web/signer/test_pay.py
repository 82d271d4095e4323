"""Whether it is paid stands on the first page behind a link, before the letter and before any choice."""

import pytest

from advocacy.letters.models import Letter
from tests.page import Reader
from tests.web.office.papers import sit
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

PAID = "You get $1,250 for your time. You get it if you say yes, and if you say no."


def say(house: House, dollars: int | None) -> None:
    with house.database.transaction() as session:
        session.get_one(Letter, house.version.letter_id).pay_dollars = dollars


@pytest.mark.parametrize(
    ("dollars", "told"),
    [(0, "This is unpaid."), (1250, PAID), (None, "We have not said yet if this is paid. Please ask us.")],
)
def test_the_first_page_says_whether_it_is_paid(house: House, dollars: int | None, told: str) -> None:
    say(house, dollars)

    words = Phone(house.client, key=house.key(house.cast.dee)).arrive().words

    assert told in words
    assert words.index(told) < words.index("The letter goes to:")


def test_it_is_said_in_spanish_to_whoever_reads_spanish(house: House) -> None:
    say(house, 150)

    words = Phone(house.client, key=house.key(house.cast.ana)).arrive().words

    assert "Usted recibe $150 por su tiempo. Lo recibe si dice que sí y si dice que no." in words


def test_it_is_read_aloud_and_stands_on_the_paper(house: House, reader: Reader) -> None:
    say(house, 1250)
    sit(reader, house.cast.lee)
    at = f"/office/people/{house.cast.dee}/help/{house.version.letter_id}"

    assert PAID in reader.get(at).words
    assert PAID in reader.get(f"{at}/sheet").words
