"""Organisations on a letter."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from advocacy.db import Database
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.mail.models import Message
from advocacy.organisations.asking import Described
from advocacy.organisations.queries import organisations_on
from tests import make
from tests.make import Cast
from tests.organisations.conftest import asked, printed, yes_of
from tests.page import Reader, Seen
from tests.web.conftest import Clock
from tests.web.office.papers import at, sit

SHORE = {
    "public_name": "Example Workers’ Center",
    "state": "TX",
    "authoriser": "Val Placeholder",
    "title": "fixture keeper",
    "work_email": "val@shore.example",
    "on_file": "y",
}


@pytest.fixture(autouse=True)
def _amara_records(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)


def record(reader: Reader, letter: LetterVersion, status: int = 303, **changed: str) -> Seen:
    reader.get(at(letter, "/organisations"))
    sent = {name: value for name, value in {**SHORE, **changed}.items() if value or name != "on_file"}
    return reader.post(at(letter, "/organisations"), sent, status)


def lines(database: Database, letter: LetterVersion) -> list[str]:
    with database.reading() as session:
        return [one.line for one in organisations_on(session, letter.letter_id)]


def test_an_organisation_is_recorded_and_its_authoriser_shown_nowhere(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    seen = reader.follow(record(reader, letter))

    assert "Example Workers’ Center (TX) yes to version 1, recorded 23 November 2026" in seen.words
    assert lines(database, letter) == ["Example Workers’ Center (TX)"]
    assert not [word for word in ("Val Placeholder", "fixture keeper", "val@") if word in seen.words]


def test_the_same_organisation_twice_is_one(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    record(reader, letter)
    record(reader, letter)

    assert len(lines(database, letter)) == 1


def test_nearly_the_same_name_is_asked_about(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    record(reader, letter)
    seen = record(reader, letter, 422, public_name="Example Workers Center")

    assert "Is it the same one?" in seen.words
    assert len(lines(database, letter)) == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"public_name": ""}, "Please give the name it goes by in public."),
        ({"public_name": "A\u202eB"}, "hidden character"),
        ({"authoriser": ""}, "Please give the name of who spoke for it."),
        ({"title": ""}, "Please give their title."),
        ({"work_email": "not an address"}, "This is not an email address."),
        ({"on_file": ""}, "Please record only what you have in writing"),
        ({"state": "ZZ"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_kept(
    reader: Reader, database: Database, letter: LetterVersion, changed: dict[str, str], told: str
) -> None:
    seen = record(reader, letter, 422, **changed)

    assert told in seen.words
    kept = "authoriser" if "authoriser" not in changed else "public_name"
    assert seen.soup.find("input", attrs={"name": kept, "value": SHORE[kept]})
    assert lines(database, letter) == []


def test_hostile_names_stay_words(reader: Reader, letter: LetterVersion) -> None:
    seen = reader.follow(record(reader, letter, public_name='=HYPERLINK("x")<script>', state=""))

    assert '=HYPERLINK("x")<script>' in seen.words


def test_it_comes_off_at_its_word_and_twice_is_nothing_more(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    seen = reader.follow(record(reader, letter))
    (off,) = [action for _, action in seen.forms() if action.endswith("/off")]
    reader.post(off)

    assert lines(database, letter) == []
    reader.post(off, status=404)


def test_it_does_not_come_off_through_another_letters_address(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    with database.transaction() as session:
        other = make.letter(session, cast, now=now)
    seen = reader.follow(record(reader, letter))
    (off,) = [action for _, action in seen.forms() if action.endswith("/off")]
    reader.post(off.replace(str(letter.letter_id), str(other.letter_id)), status=404)

    assert len(lines(database, letter)) == 1


def test_after_a_change_of_text_it_is_asked_again(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, now: datetime
) -> None:
    record(reader, letter)
    with database.transaction() as session:
        make.edit(session, cast, letter.letter_id, now=now, body="Other words.")
    seen = reader.get(at(letter, "/organisations"))

    assert "It is left off until it says yes to version 2." in seen.words


def test_nothing_is_recorded_while_the_letter_is_closed(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, clock: Clock
) -> None:
    clock.forward(days=11)
    sit(reader, cast.amara)

    assert "so nothing can be recorded now" in reader.get(at(letter, "/organisations")).words
    reader.post(at(letter, "/organisations"), SHORE, 422)
    assert lines(database, letter) == []


# ---- asked by link


@pytest.fixture
def signed(database: Database, letter: LetterVersion, cast: Cast, clock: Clock) -> UUID:
    """An organisation whose authoriser said yes by her link, not checked yet."""
    with database.transaction() as session:
        return yes_of(session, asked(session, letter, cast, clock()), clock()).id


def standing(database: Database, letter: LetterVersion, clock: Clock) -> list[str]:
    with database.reading() as session:
        return printed(session, letter, clock())


def test_one_is_asked_and_waits_in_the_list(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    reader.get(at(letter, "/organisations"))
    sent = {"name": "Sample House", "email": "val@house.example", "may_sign": "no", "language": "en"}
    seen = reader.follow(reader.post(at(letter, "/organisations/ask"), sent))
    reader.post(at(letter, "/organisations/ask"), sent)

    assert "Sample House asked by us on 23 November 2026" in seen.words
    assert "val@house" not in seen.answer.text
    assert lines(database, letter) == []
    with database.reading() as session:
        assert [row.kind for row in session.scalars(select(Message))] == ["organisation_contact"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": ""}, "Please give the name it goes by."),
        ({"email": "val"}, "This is not an email address."),
        ({"may_sign": ""}, "Please say who this is."),
    ],
)
def test_nobody_is_asked_while_something_is_missing(
    reader: Reader, database: Database, letter: LetterVersion, changed: dict[str, str], told: str
) -> None:
    reader.get(at(letter, "/organisations"))
    sent = {"name": "Sample House", "email": "val@house.example", "may_sign": "no", "language": "en"}
    seen = reader.post(at(letter, "/organisations/ask"), {**sent, **changed}, 422)

    assert told in seen.words
    with database.reading() as session:
        assert session.scalars(select(Message)).all() == []


def test_a_yes_by_link_waits_until_somebody_says_how_we_know(
    reader: Reader, database: Database, letter: LetterVersion, signed: UUID, clock: Clock
) -> None:
    seen = reader.get(at(letter, "/organisations"))
    bare = reader.post(at(letter, f"/organisations/{signed}/check"), {}, 422)
    before = standing(database, letter, clock)
    seen_after = reader.follow(
        reader.post(at(letter, f"/organisations/{signed}/check"), {"how": "work_address"})
    )

    assert "from an address at samplevalley.example" in seen.words
    assert "Val Placeholder" not in seen.words.replace("such as “Val Placeholder, director”", "")
    assert "Please say how we know" in bare.words
    assert before == []
    assert "by its work address" in seen_after.words
    assert standing(database, letter, clock) == ["Sample Valley Housing Collective (CA)"]


def test_a_group_with_free_mail_is_vouched_for(
    reader: Reader, database: Database, letter: LetterVersion, cast: Cast, clock: Clock
) -> None:
    with database.transaction() as session:
        guest = asked(session, letter, cast, clock(), email="group@gmail.com")
        signed = yes_of(session, guest, clock()).id
    reader.get("/office/organisations")
    reader.post("/office/organisations", {"public_name": "Member House", "state": ""})
    seen = reader.get(at(letter, "/organisations"))
    ways = [str(one["value"]) for one in seen.soup.select(f"#how-{signed} option")]
    reader.post(at(letter, f"/organisations/{signed}/check"), {"how": "work_address"}, 422)
    reader.post(at(letter, f"/organisations/{signed}/check"), {"how": ways[-1]})

    assert "Anybody can have an address at gmail.com." in seen.words
    assert "work_address" not in ways
    assert standing(database, letter, clock) == ["Sample Valley Housing Collective (CA)"]


def test_one_that_sounds_alike_is_pointed_out_beside_the_check(
    reader: Reader, letter: LetterVersion, signed: UUID
) -> None:
    record(reader, letter, public_name="The Sample-Valley Housing Collective, Inc.", state="", another="y")

    seen = reader.get(at(letter, "/organisations"))
    assert (
        "On this letter already: The Sample-Valley Housing Collective, Inc.. Is it the same one?"
        in seen.words
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("<b>Sample</b> Collective", "it looks like a piece of a program or a link"),
        ("=Sample Collective", "it begins like a spreadsheet formula"),
        ("Examp\u04cfe W\u043erkers\u2019 Center", "mixes letters of two scripts in one word"),
        ("Example W\u043erkers\u2019 Center", "it looks like another line on this letter"),
    ],
)
def test_what_is_odd_about_a_name_given_at_the_door_is_said_and_it_prints_nowhere_unchecked(
    reader: Reader, database: Database, letter: LetterVersion, cast: Cast, clock: Clock, name: str, told: str
) -> None:
    record(reader, letter, level="", state="")
    with database.transaction() as session:
        yes_of(session, asked(session, letter, cast, clock()), clock(), described=Described(name))

    assert told in reader.get(at(letter, "/organisations")).words
    assert standing(database, letter, clock) == ["Example Workers\u2019 Center"]


def test_nothing_is_odd_about_an_ordinary_name(reader: Reader, letter: LetterVersion, signed: UUID) -> None:
    assert "Look closely" not in reader.get(at(letter, "/organisations")).words


def test_another_one_with_nearly_the_same_name_can_be_recorded_all_the_same(
    reader: Reader, database: Database, letter: LetterVersion
) -> None:
    record(reader, letter)
    record(reader, letter, public_name="Example Workers Center", another="y")

    assert len(lines(database, letter)) == 2


def test_what_cannot_be_shown_is_left_off(
    reader: Reader, database: Database, letter: LetterVersion, signed: UUID, clock: Clock
) -> None:
    reader.get(at(letter, "/organisations"))
    seen = reader.follow(reader.post(at(letter, f"/organisations/{signed}/refuse")))

    assert "We could not show that this yes is its own." in seen.words
    assert standing(database, letter, clock) == []


def test_the_open_page_is_opened_and_closed_here(reader: Reader, letter: LetterVersion) -> None:
    reader.get(at(letter, "/organisations"))
    opened = reader.follow(reader.post(at(letter, "/organisations/page")))
    (link,) = [link for link in opened.links() if "/o/" in link]
    closed = reader.follow(reader.post(at(letter, "/organisations/page/close")))

    assert "It says nothing about who has signed." in opened.words
    assert not [link for link in closed.links() if "/o/" in link]


def test_whoever_asks_for_the_page_of_a_testimony_reads_that_it_has_none(
    reader: Reader, database: Database, cast: Cast, clock: Clock
) -> None:
    with database.transaction() as session:
        testimony = make.letter(session, cast, now=clock(), kind=LetterKind.TESTIMONY)
        session.expunge_all()
    reader.get("/office/")

    assert "A testimony has no page" in reader.post(at(testimony, "/organisations/page"), status=409).words


def test_a_member_of_the_working_group_reads_and_checks_nothing(
    reader: Reader, database: Database, letter: LetterVersion, cast: Cast, signed: UUID, clock: Clock
) -> None:
    sit(reader, cast.sam)
    seen = reader.get(at(letter, "/organisations"))
    for path in (f"/{signed}/check", f"/{signed}/refuse", "/ask", "/page"):
        reader.post(at(letter, f"/organisations{path}"), {"how": "work_address"}, 403)

    assert "Let it stand" not in seen.words
    assert standing(database, letter, clock) == []


def test_members_of_the_network_come_and_go(reader: Reader) -> None:
    reader.get("/office/organisations")
    seen = reader.follow(reader.post("/office/organisations", {"public_name": "Member House", "state": "OH"}))
    (change,) = [action for _, action in seen.forms() if action.startswith("/office/organisations/")]
    gone = reader.follow(reader.post(change, {"member": "no"}))

    assert "Member House (OH) member" in seen.words
    assert "Member House" not in gone.words
    reader.post("/office/organisations", {"public_name": ""}, 422)


def test_a_fresh_link_goes_only_to_one_of_this_letters_organisations(
    reader: Reader, database: Database, letter: LetterVersion, cast: Cast, clock: Clock
) -> None:
    with database.transaction() as session:
        guest = asked(session, letter, cast, clock())
        other = make.letter(session, cast, now=clock())
    seen = reader.get(at(letter, "/organisations"))
    (again,) = [action for _, action in seen.forms() if "/asked/" in action]
    reader.post(again.replace(str(letter.letter_id), str(other.letter_id)), status=404)
    reader.post(again)

    assert str(guest.ask_id) in again
    with database.reading() as session:
        assert len(session.scalars(select(Message)).all()) == 2
