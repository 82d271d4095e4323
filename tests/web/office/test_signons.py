"""How a sign-on goes, in numbers, and whom one may ask."""

from datetime import datetime
from uuid import UUID, uuid4

import pytest

from advocacy import audit
from advocacy.db import Database
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.mail.models import Message
from advocacy.mail.queries import waiting_count
from advocacy.people.queries import groups
from advocacy.signons.models import Invitation
from tests import make
from tests.make import Cast
from tests.page import Reader
from tests.web.conftest import Clock
from tests.web.office.papers import at, sit


@pytest.fixture
def members(database: Database, cast: Cast) -> UUID:
    with database.reading() as session:
        return groups(session)[0].id


@pytest.fixture
def testimony(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        return make.letter(session, cast, now=now, kind=LetterKind.TESTIMONY)


def ask(reader: Reader, letter: LetterVersion, *chosen: UUID, status: int = 303) -> str:
    reader.get(at(letter, "/signons"))
    seen = reader.post(at(letter, "/signons/groups"), {"groups": [str(id) for id in chosen]}, status)
    return (reader.follow(seen) if status == 303 else seen).words


def invited(database: Database) -> int:
    with database.reading() as session:
        return session.query(Invitation).count()


def test_the_page_tells_numbers_and_nobodys_name(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        make.ask_members(session, letter, cast, now)
        make.sign(session, letter.letter_id, cast.wren, now, recipient=make.FULL, web=make.FULL)
        make.sign(session, letter.letter_id, cast.dee, now)
    sit(reader, cast.amara)
    seen = reader.get(at(letter, "/signons"))

    assert "5 people asked not told how many said yes, while fewer than ten are asked" in seen.words
    for name in ("Wren", "Delia", "Dee", "Rivka", "River", "Ejemplo", "Nguyễn", "members.example"):
        assert name not in seen.answer.text


def test_the_numbers_come_again_by_themselves_and_by_a_plain_link(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.sam)
    page = reader.get(at(letter, "/signons"))
    part = reader.get(at(letter, "/signons"), headers={"HX-Request": "true"})

    assert page.soup.find(id="counts")["hx-get"] == at(letter, "/signons")  # type: ignore[index]
    assert at(letter, "/signons") in page.links()
    assert part.soup.h1 is None
    assert "fewer than five people asked" in part.words


def test_what_pressing_will_do_is_said_before(
    reader: Reader, cast: Cast, letter: LetterVersion, members: UUID
) -> None:
    sit(reader, cast.amara)

    assert "members 5 people. 5 people will get one plain note." in reader.get(at(letter, "/signons")).words


def test_a_group_is_asked_once(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, members: UUID
) -> None:
    sit(reader, cast.amara)

    assert "5 people were asked." in ask(reader, letter, members)
    assert "Everybody in these groups had been asked before." in ask(reader, letter, members)
    assert "All of them have been asked." in reader.get(at(letter, "/signons")).words
    with database.reading() as session:
        assert waiting_count(session) == 5


def test_a_few_new_ones_in_a_large_group_wait_and_are_not_numbered(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, members: UUID, now: datetime
) -> None:
    with database.transaction() as session:
        make.ask_members(session, letter, cast, now)
        make.person(session, "Newcomer Sample", now=now)
    sit(reader, cast.amara)

    told = "members 6 people. A few are new; they wait until 5 can be asked."
    assert told in reader.get(at(letter, "/signons")).words
    assert "They wait until there are five." in ask(reader, letter, members, status=422)
    assert invited(database) == 5


def test_no_page_of_the_office_tells_a_small_number_of_answers(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        make.ask_members(session, letter, cast, now)
    pages = (
        "/office/letters",
        at(letter, ""),
        at(letter, "/signons"),
        at(letter, "/edit"),
        at(letter, "/open"),
    )
    sit(reader, cast.amara)
    before = [reader.get(page).words for page in pages]
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, recipient=make.FULL)
        make.decline(session, letter.letter_id, cast.dee, now)

    assert [reader.get(page).words for page in pages] == before


def test_a_group_of_four_cannot_be_chosen(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        for n in range(4):
            make.person(session, f"Sample {n}", now=now, groups=["few"])
        few = next(group.id for group in groups(session) if group.name == "few")
    sit(reader, cast.amara)
    box = reader.get(at(letter, "/signons")).soup.find("input", id=f"group-{few}")

    assert box.has_attr("disabled")  # type: ignore[union-attr]
    assert "at least five people" in ask(reader, letter, few, status=422)
    assert invited(database) == 0


@pytest.mark.parametrize("chosen", [(), (uuid4(),)])
def test_no_group_is_no_invitation(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, chosen: tuple[UUID, ...]
) -> None:
    sit(reader, cast.amara)

    assert "Choose at least one group to invite." in ask(reader, letter, *chosen, status=422)
    assert invited(database) == 0


def test_one_press_reminds_and_tells_neither_who_nor_how_many(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime, clock: Clock
) -> None:
    with database.transaction() as session:
        make.ask_members(session, letter, cast, now)
        for message in session.query(Message):
            message.sent_at = now
    sit(reader, cast.amara)
    assert "People first get three days to answer." in reader.get(at(letter, "/signons")).words
    reader.post(at(letter, "/signons/remind"), {}, 409)

    clock.forward(days=3)
    sit(reader, cast.amara)
    page = reader.get(at(letter, "/signons"))
    assert "Remind those who have not answered" in page.words
    told = reader.follow(reader.post(at(letter, "/signons/remind"), {})).words

    assert "Who that is, and how many, is told to nobody." in told
    assert "People were reminded on 26 November 2026." in told
    assert "Remind those who have not answered" not in told
    with database.reading() as session:
        assert session.query(Message).filter_by(kind="reminder").count() == 5


def test_nobody_is_asked_to_sign_a_closed_letter(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, members: UUID, clock: Clock
) -> None:
    clock.forward(days=11)
    sit(reader, cast.amara)

    assert "Nobody can be asked while the letter is closed." in reader.get(at(letter, "/signons")).words
    reader.post(at(letter, "/signons/groups"), {"groups": [str(members)]}, 422)
    assert invited(database) == 0


def test_the_answer_about_a_witness_is_the_same_for_every_address(
    reader: Reader, database: Database, cast: Cast, testimony: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        for name in ("Alba Couple", "Berit Couple"):
            make.person(session, name, now=now, email="both@members.example")
    sit(reader, cast.amara)
    answers = set()
    for email in ("nobody@members.example", "both@members.example", "wrensample@members.example"):
        reader.get(at(testimony, "/signons"))
        seen = reader.post(at(testimony, "/signons/witness"), {"email": email})
        answers.add((seen.answer.headers["Location"], reader.follow(seen).words))

    assert len(answers) == 1
    with database.reading() as session:
        assert [row.person_id for row in session.query(Invitation)] == [cast.wren]
        acts = [one.about_id for one in audit.latest(session, most=9) if one.act == "letter.ask_witness"]
    assert acts == [testimony.letter_id] * 3


def test_a_witness_is_no_number_and_no_name(
    reader: Reader, database: Database, cast: Cast, testimony: LetterVersion, now: datetime
) -> None:
    sit(reader, cast.amara)
    assert "No witness’s line yet." in reader.get(at(testimony, "/signons")).words
    with database.transaction() as session:
        make.witness(session, testimony, cast.wren, cast, now)
        make.sign(session, testimony.letter_id, cast.wren, now, recipient=make.FULL)
    seen = reader.get(at(testimony, "/signons"))

    assert "A witness has said yes" in seen.words
    assert "Wren" not in seen.answer.text
    assert "asked" not in seen.words.split("Ask a witness")[0].partition("A witness has")[2]


@pytest.mark.parametrize("email", ["", "wren", "a\u202eb@members.example", "x" * 250 + "@a.example"])
def test_a_mangled_address_is_said_next_to_its_field(
    reader: Reader, database: Database, cast: Cast, testimony: LetterVersion, email: str
) -> None:
    sit(reader, cast.amara)
    reader.get(at(testimony, "/signons"))
    seen = reader.post(at(testimony, "/signons/witness"), {"email": email}, 422)

    assert seen.soup.find(id="email-wrong")
    assert invited(database) == 0


def test_one_person_is_asked_for_a_testimony_alone(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.amara)
    reader.get(at(letter, "/signons"))
    for email in ("wrensample@members.example", "nobody@members.example"):
        seen = reader.post(at(letter, "/signons/witness"), {"email": email}, 409)

        assert "Only a testimony asks one person alone." in seen.words
    assert invited(database) == 0


def test_a_testimony_asks_no_groups(
    reader: Reader, database: Database, cast: Cast, testimony: LetterVersion, members: UUID
) -> None:
    sit(reader, cast.amara)
    reader.get(at(testimony, "/signons"))
    seen = reader.post(at(testimony, "/signons/groups"), {"groups": [str(members)]}, 409)

    assert "A testimony has one witness." in seen.words
    assert invited(database) == 0


def test_who_drafts_looks_and_does_not_ask(
    reader: Reader, cast: Cast, letter: LetterVersion, members: UUID
) -> None:
    sit(reader, cast.sam)

    assert "Ask groups" not in reader.get(at(letter, "/signons")).words
    reader.post(at(letter, "/signons/groups"), {"groups": [str(members)]}, 403)
