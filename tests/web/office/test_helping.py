"""The membership group helps by voice and on paper, and its pages tell nothing of what anybody signed."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.roles import Role
from advocacy.signons.models import AssistedSignOn, Consent, SignOn
from advocacy.web.office.aloud import spoken
from tests import make
from tests.make import Cast
from tests.page import Reader, Reviewed, Seen
from tests.rows import row_hashes
from tests.web.conftest import Clock
from tests.web.office.papers import sit
from tests.web.signer.phone import Phone

SAID = {"way": "phone", "read": "y", "yes": "y"}


@pytest.fixture(autouse=True)
def _asked(database: Database, cast: Cast, letter: LetterVersion, now: datetime) -> None:
    with database.transaction() as session:
        make.ask_members(session, letter, cast, now)


@pytest.fixture
def second(database: Database, now: datetime) -> UUID:
    with database.transaction() as session:
        return make.hand(session, "Max Desk", Role.MEMBERSHIP_COFACILITATOR, now=now)


def at(person: UUID, letter: LetterVersion, more: str = "") -> str:
    return f"/office/people/{person}/help/{letter.letter_id}{more}"


def say_yes(reader: Reader, person: UUID, letter: LetterVersion, status: int = 303, **changed: str) -> Seen:
    page = reader.get(at(person, letter))
    hidden = {
        name: str(page.soup.find("input", attrs={"name": name})["value"]) for name in ("text", "language")
    }  # type: ignore[index]
    seen = reader.post(at(person, letter), {**hidden, **SAID, **changed}, status)
    return reader.follow(seen) if status == 303 else seen


def signed(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(SignOn)) or 0


def test_only_the_membership_group_can_help(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)
    for more in ("", "/sheet", "/paper"):
        reader.get(at(cast.dee, letter, more), 403)
    reader.post(at(cast.dee, letter), SAID, 403)
    reader.post(at(cast.dee, letter, "/slip"), {}, 403)


def test_the_roster_leads_to_the_words_to_read_aloud(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)
    hers = f"/office/people/{cast.dee}"
    listed = f"{hers}/help"

    assert hers in reader.get("/office/people").links()
    assert listed in reader.get(hers).links()
    assert at(cast.dee, letter) in reader.get(listed).links()
    words = reader.get(at(cast.dee, letter)).words
    for told in ("You can say no.", "one more in a number", "A copy already sent cannot be called back."):
        assert told in words
    for told in ("The Honorable Sample Chair", letter.title, "By phone you can only be counted"):
        assert told in words


def test_it_is_read_in_her_language(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.lee)

    assert "¿Quiere que la contemos?" in reader.get(at(cast.ana, letter)).words
    assert "Do you want to be counted?" in reader.get(at(cast.ana, letter) + "?language=en").words


def test_her_spoken_yes_counts_her(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)
    seen = say_yes(reader, cast.wren, letter)

    assert "she said yes" in seen.words
    with database.reading() as session:
        assert set(session.scalars(select(Consent.form))) == {"count_only"}


def test_no_field_of_the_call_can_name_her(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)
    forged = {f"form-{audience}": "full_name" for audience in ("recipient", "web", "press")}
    say_yes(reader, cast.wren, letter, **forged, form="full_name")
    with database.reading() as session:
        assert set(session.scalars(select(Consent.form))) == {"count_only"}


@pytest.mark.parametrize("missing", ["way", "read", "yes"])
def test_without_all_of_it_nothing_is_done(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, missing: str
) -> None:
    sit(reader, cast.lee)
    say_yes(reader, cast.wren, letter, 422, **{missing: ""})

    assert signed(database) == 0


def test_the_pages_are_the_same_whatever_she_had_said(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, clock: Clock
) -> None:
    sit(reader, cast.lee)
    paths = (
        f"/office/people/{cast.wren}/help",
        *(at(cast.wren, letter, more) for more in ("", "/sheet", "/paper")),
    )
    before = [reader.get(path).words for path in paths]
    for act in (make.sign, make.withdraw, make.decline):
        with database.transaction() as session:
            act(session, letter.letter_id, cast.wren, clock())
        assert [reader.get(path).words for path in paths] == before
    answers = {
        say_yes(reader, person, letter).words.replace("Wren Sample", "X").replace("Delia Placeholder", "X")
        for person in (cast.wren, cast.dee)
    }

    assert len(answers) == 1


def test_looking_writes_nothing(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)
    before = row_hashes(database)
    for more in ("", "/sheet", "/paper"):
        reader.get(at(cast.wren, letter, more))

    assert row_hashes(database) == before


def test_the_slip_is_neutral_and_its_code_is_in_no_address(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)
    reader.get(at(cast.wren, letter))
    seen = reader.post(at(cast.wren, letter, "/slip"), {}, 200)
    code = str(seen.soup.find(class_="code").get_text())  # type: ignore[union-attr]

    assert len(code.replace("-", "")) == 10
    assert not [link for link in seen.links() if code in link]
    for told in ("Wren", letter.title, "sign", "survivor", "letter"):
        assert told not in seen.soup.main.get_text(), told  # type: ignore[union-attr]
    opened = reader.client.post("/s", data={"code": code})
    assert "We ask if you want to sign a letter" in opened.text


def test_what_was_read_to_her_is_hers_to_read_later_behind_the_code_on_her_slip(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)
    say_yes(reader, cast.dee, letter)
    reader.get(at(cast.dee, letter))
    slip = reader.post(at(cast.dee, letter, "/slip"), {}, 200)
    code = str(slip.soup.find(class_="code").get_text())  # type: ignore[union-attr]
    client = reader.client
    assert isinstance(client, Reviewed)

    receipt = Phone(client, code=code).arrive().press("My receipt").words

    assert "by voice" in receipt
    for told in ("By phone you can only be counted.", "You can say no.", letter.title, "This is unpaid."):
        assert told in receipt


def test_the_sheet_shows_each_line_within_her_limit_and_no_other(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)
    wren, river = (reader.get(at(one, letter, "/sheet")).words for one in (cast.wren, cast.river))

    assert "Wren Sample" in wren
    assert "☐ River" in river
    assert "Rivka" not in river
    assert "A copy already sent cannot be called back" in wren
    assert "This is unpaid." in wren
    assert "Number of this paper" in wren


def enter(reader: Reader, person: UUID, letter: LetterVersion, status: int = 303, **changed: str) -> Seen:
    words = reader.get(at(person, letter, "/sheet")).words
    number = words.partition("Number of this paper: ")[2].split()[0]
    told = {"number": number, "recipient": "full_name", "web": "count_only", "press": "count_only"}
    told |= {"signed_on": "2026-11-23", "signed": "y", **changed}
    reader.get(at(person, letter, "/paper"))
    seen = reader.post(at(person, letter, "/paper"), told, status)
    return reader.follow(seen) if status == 303 else seen


def test_two_type_in_a_paper_and_then_it_counts(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, second: UUID
) -> None:
    sit(reader, cast.lee)
    first = enter(reader, cast.wren, letter)
    alone = signed(database)
    sit(reader, second)
    done = enter(reader, cast.wren, letter)

    assert "once somebody else of the membership group has typed the same" in first.words
    assert alone == 0
    assert "Two people have typed the same" in done.words
    with database.reading() as session:
        assert session.scalars(select(AssistedSignOn.confirmed_by)).all() == [second]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"number": "00000000"}, "No sheet for these words has this number."),
        ({"recipient": ""}, "Please choose what the paper says."),
        ({"recipient": "galactic"}, "Please choose one for each"),
        ({"signed_on": "2026-11-22"}, "Please give the day that stands on the paper"),
        ({"signed_on": "soon"}, "Not a valid date"),
        ({"signed": ""}, "Only a signed sheet counts."),
    ],
)
def test_a_faulty_entry_is_told_and_writes_nothing(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, changed: dict[str, str], told: str
) -> None:
    sit(reader, cast.lee)
    before = row_hashes(database)
    seen = enter(reader, cast.wren, letter, 422, **changed)

    assert told in seen.words
    assert row_hashes(database) == before


def test_a_form_beyond_her_limit_is_refused(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.lee)

    assert "more of you than you agreed to" in enter(reader, cast.dee, letter, 422).words
    assert signed(database) == 0


def test_a_letter_she_was_not_asked_about_is_not_here(
    reader: Reader, database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        unasked = make.letter(session, cast, now=now)
    sit(reader, cast.lee)
    reader.get(at(cast.wren, unasked), 404)
    reader.get(at(cast.jo, unasked), 404)


def test_both_languages_say_the_same_things() -> None:
    english, spanish = spoken("en").sentences, spoken("es").sentences

    assert english.keys() == spanish.keys()
