"""After delivery she sees the very page that carries her line: hers stands there, all others are blank."""

from io import BytesIO
from uuid import UUID

import pikepdf
import pytest
from pypdf import PdfReader

from advocacy.editions.models import Edition, Way
from advocacy.editions.papers import papers_with
from advocacy.editions.reading import by_pdftotext
from advocacy.people.limits import Preset
from advocacy.people.models import MailMode
from tests.make import (
    CHOSEN,
    COUNTED,
    DESCRIBED,
    FULL,
    ask_members,
    come,
    edition_of,
    hand_over,
    office_of,
    person,
    printed,
    sign,
)
from tests.web.signer.conftest import Build, House
from tests.web.signer.phone import Phone
from tests.web.signer.test_own import own

LONG = "\n\n".join(f"Paragraph {n} asks for homes, wages and care. " * 12 for n in range(14))
OTHERS = ("Nguyễn", "Mẫu", "Lucía", "River", "Quill")


def sent(house: House) -> None:
    """Printed, agreed by two and handed over."""
    done = printed(house.database, house.version, house.cast, house.now)
    with house.database.transaction() as session:
        office = office_of(session, house.version)
        hand_over(session, edition_of(done), office.id, house.cast, house.now, Way.PORTAL, "receipt 1")


def signs(house: House, **choices: tuple[UUID, object]) -> None:
    with house.database.transaction() as session:
        for person_id, choice in choices.values():
            sign(session, house.version.letter_id, person_id, house.now, choice)  # type: ignore[arg-type]


def all_sign(house: House) -> None:
    cast = house.cast
    signs(
        house,
        wren=(cast.wren, FULL),
        nguyen=(cast.nguyen, FULL),
        ana=(cast.ana, CHOSEN),
        river=(cast.river, CHOSEN),
        dee=(cast.dee, COUNTED),
    )


def file_of(phone: Phone) -> bytes:
    """Press for the page as a file."""
    form = phone.button("Get this page as a file").find_parent("form")
    answer = phone.client.post("/s/paper/file", data=phone.fields(form))  # type: ignore[arg-type]
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.pdf"'
    return answer.data


def everything_in(data: bytes) -> str:
    """The file by every road: two readers, and each stream unpacked."""
    said = [*by_pdftotext(data), *(page.extract_text() for page in PdfReader(BytesIO(data)).pages)]
    with pikepdf.open(BytesIO(data)) as pdf:
        for held in pdf.objects:
            said.append(
                (held.read_bytes() if isinstance(held, pikepdf.Stream) else held.unparse()).decode("latin-1")
            )
    return "\n".join(said)


def test_she_sees_which_page_carries_her_line_and_where_it_went(build: Build) -> None:
    house = build(body=LONG)
    all_sign(house)
    sent(house)

    words = house.phone(house.cast.wren).press("See the page with my line").words

    assert "Wren Sample" in words
    assert "The Honorable Sample Chair, on 23 November 2026" in words
    number, of = words.split("Page ")[1].split()[0:3:2]
    assert number == of != "1"


def test_the_file_is_that_page_alone_with_her_line_and_nobody_elses(build: Build) -> None:
    house = build(body=LONG)
    all_sign(house)
    sent(house)

    data = file_of(house.phone(house.cast.wren).press("See the page with my line"))

    told = everything_in(data)
    assert len(PdfReader(BytesIO(data)).pages) == 1
    assert "Wren Sample" in told
    assert not [word for word in OTHERS if word in told]
    assert "Paragraph 0 asks" not in told


def test_of_two_lines_that_are_alike_one_is_hers(house: House) -> None:
    signs(house, wren=(house.cast.wren, DESCRIBED), ana=(house.cast.ana, DESCRIBED))
    sent(house)

    data = file_of(house.phone(house.cast.wren).press("See the page with my line"))

    assert "".join(by_pdftotext(data)).count("A member of the network") == 1


def test_a_list_in_the_letter_is_not_taken_for_names(house: House) -> None:
    all_sign(house)
    sent(house)

    data = file_of(house.phone(house.cast.wren).press("See the page with my line"))

    assert "Wages." in everything_in(data)


def test_before_it_was_sent_there_is_no_page_and_no_button(house: House) -> None:
    all_sign(house)
    printed(house.database, house.version, house.cast, house.now)
    phone = house.phone(house.cast.wren)
    assert "See the page with my line" not in phone.buttons

    answer = house.client.post("/s/paper", data={"key": house.key(house.cast.wren)})

    assert "There is no page we can show you." in answer.text


@pytest.mark.parametrize("edition", ["1", "2", "", "x"])
def test_whoever_is_only_counted_gets_no_page_of_anybody(house: House, edition: str) -> None:
    all_sign(house)
    sent(house)

    answer = house.client.post("/s/paper/file", data={"key": house.key(house.cast.dee), "edition": edition})

    assert answer.mimetype == "text/html"
    assert "There is no page we can show you." in answer.text


def test_a_destroyed_file_is_not_shown(house: House) -> None:
    all_sign(house)
    sent(house)
    with house.database.transaction() as session:
        visit = come(session, house.version.letter_id, house.cast.wren, house.now)
        [paper] = papers_with(session, visit)
        assert paper.pdf.startswith(b"%PDF")
    with house.database.transaction() as session:
        session.query(Edition).one().pdf = None

    answer = house.client.post("/s/paper", data={"key": house.key(house.cast.wren)})

    assert "There is no page we can show you." in answer.text


def test_where_her_mail_is_read_the_page_wants_her_word(house: House) -> None:
    with house.database.transaction() as session:
        quill = person(
            session,
            "Quill Sample",
            now=house.now,
            limits=Preset.PUBLIC_ADVOCATE,
            mail_mode=MailMode.WATCHED,
            recognition_word="blue teapot",
        ).id
        ask_members(session, house.version, house.cast, house.now)
        sign(session, house.version.letter_id, quill, house.now, FULL)
    sent(house)

    sent_with = {"key": house.key(quill), "edition": "1"}
    assert "Quill" not in house.client.post("/s/paper", data=sent_with).text
    assert house.client.post("/s/paper/file", data=sent_with).mimetype == "text/html"
    phone = house.phone(quill).press("Go on", word="blue teapot").press("See the page with my line")
    assert "Quill Sample" in "".join(by_pdftotext(file_of(phone)))


def test_from_her_own_page_she_reaches_it_too(house: House) -> None:
    all_sign(house)
    sent(house)

    phone = own(house, house.cast.wren).press("Open").press("See the page with my line")

    assert "Wren Sample" in "".join(by_pdftotext(file_of(phone)))
