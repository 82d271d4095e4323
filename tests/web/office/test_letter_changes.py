"""A new text after people signed: what changes, whether it is only a typo, and who says so."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.actions import approve, write_version
from advocacy.letters.mending import MoreThanATypo, NothingSaid, agree_typo, deny_typo, say_typo
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import current_opening
from advocacy.mail.models import Message
from advocacy.people.models import SecondedAct
from tests import make
from tests.make import CHOSEN, Cast
from tests.page import Reader, Seen
from tests.together import at_once
from tests.web.conftest import Clock
from tests.web.office.papers import at, sit

Write = Callable[[str], LetterVersion]

WRONG = "We ask for **three** things.\n\n1. Homes.\n2. Wages.\n3. Care for those who recieve no help."
RIGHT = WRONG.replace("recieve", "receive")
OTHER = WRONG.replace("three", "four")


@pytest.fixture
def wrong(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    """A letter with a typo in it that River signed."""
    with database.transaction() as session:
        version = make.letter(session, cast, now=now, body=WRONG)
        make.ask_members(session, version, cast, now)
        make.sign(session, version.letter_id, cast.river, now, recipient=CHOSEN)
        session.expunge_all()
        return version


@pytest.fixture
def write(database: Database, cast: Cast, wrong: LetterVersion, now: datetime) -> Write:
    def written(body: str) -> LetterVersion:
        with database.transaction() as session:
            version = write_version(
                session, wrong.letter_id, title=wrong.title, body=body, by=cast.amara, based_on=1, now=now
            )
            approve(session, version.id, by=cast.jo, now=now)
            session.expunge_all()
            return version

    return written


def open_version_n(database: Database, letter: LetterVersion) -> int:
    with database.reading() as session:
        opening = current_opening(session, letter.letter_id)
        assert opening is not None
        return session.get_one(LetterVersion, opening.version_id).n


TO_SECOND = "/office/seconding"


def seconds(page: Seen) -> list[str]:
    return [action for _, action in page.forms() if action.startswith(f"{TO_SECOND}/")]


def proposal_id(database: Database) -> UUID:
    with database.reading() as session:
        return session.scalars(select(SecondedAct.id)).one()


def mails(database: Database, kind: str) -> int:
    with database.reading() as session:
        return len(session.scalars(select(Message).where(Message.kind == kind)).all())


def test_the_first_opening_asks_nothing_about_typos(
    reader: Reader, cast: Cast, letter: LetterVersion
) -> None:
    sit(reader, cast.jo)

    assert "typo" not in reader.get(at(letter, "/open")).words


def test_the_words_that_change_stand_side_by_side(
    reader: Reader, cast: Cast, wrong: LetterVersion, write: Write
) -> None:
    write(RIGHT)
    sit(reader, cast.jo)
    seen = reader.get(at(wrong, "/open"))

    assert [tag.get_text() for tag in seen.soup.find_all("del")] == ["recieve"]
    assert [tag.get_text() for tag in seen.soup.find_all("ins")] == ["receive"]


def test_a_typo_is_said_by_one_and_agreed_by_another(
    reader: Reader, database: Database, cast: Cast, wrong: LetterVersion, write: Write, clock: Clock
) -> None:
    right = write(RIGHT)
    sit(reader, cast.jo)
    typo = f"/versions/{right.id}/typo"
    reader.get(at(wrong, "/open"))
    said = reader.follow(reader.post(at(wrong, typo)))
    assert "Within three days somebody else has to look at it" in said.words
    mine = reader.get(TO_SECOND)
    assert "You said this. Somebody else agrees to it." in mine.words
    assert not seconds(mine)
    reader.post(f"{TO_SECOND}/{proposal_id(database)}", status=409)
    assert open_version_n(database, wrong) == 1

    sit(reader, cast.amara)
    assert "Somebody says: it is only a typo. Is it?" in reader.get("/office/").words
    assert reader.get(at(wrong, "/open")).soup.find("a", href=TO_SECOND)
    page = reader.get(TO_SECOND)
    assert {tag.get_text() for tag in page.soup.find_all("del")} == {"recieve"}
    [passage, whole] = [" ".join(part.get_text().split()) for part in page.soup.select(".words")]
    assert "Care for those who" in passage
    assert "We ask for" not in passage
    assert "We ask for" in whole
    assert "Says so Jo Desk" in page.words
    clock.forward(minutes=1)
    [agree] = seconds(page)
    seen = reader.follow(reader.post(agree))

    assert open_version_n(database, wrong) == 2
    assert "Version 2 is open for sign-ons" in seen.words
    assert mails(database, "changed") == 0
    assert "only a typo" not in reader.get("/office/").words


def test_a_second_person_who_says_no_ends_it(
    reader: Reader, database: Database, cast: Cast, wrong: LetterVersion, write: Write
) -> None:
    right = write(RIGHT)
    sit(reader, cast.jo)
    typo = f"/versions/{right.id}/typo"
    reader.get(at(wrong, "/open"))
    reader.post(at(wrong, typo))
    sit(reader, cast.amara)
    page = reader.get(TO_SECOND)
    assert at(wrong, f"{typo}/deny") in [action for _, action in page.forms()]
    seen = reader.follow(reader.post(at(wrong, f"{typo}/deny")))

    assert "says that the meaning changes" in seen.words
    assert "It is only a typo" not in seen.words
    reader.post(at(wrong, typo), status=409)
    assert open_version_n(database, wrong) == 1


@pytest.mark.both_databases
def test_a_yes_and_a_no_at_the_same_moment_are_one_of_them(
    database: Database, cast: Cast, wrong: LetterVersion, write: Write, now: datetime
) -> None:
    right = write(RIGHT)
    with database.transaction() as session:
        said = say_typo(session, right.id, by=cast.jo, now=now).id

    def answer(act: Callable[[Session], None]) -> bool:
        try:
            with database.transaction() as session:
                act(session)
        except (NothingSaid, MoreThanATypo):
            return False
        return True

    def yes(session: Session) -> None:
        agree_typo(session, session.get_one(SecondedAct, said), by=cast.amara, now=now)

    def no(session: Session) -> None:
        deny_typo(session, right.id, by=cast.amara, now=now)

    agreed, denied = at_once(partial(answer, yes), partial(answer, no))

    assert agreed != denied
    assert (open_version_n(database, wrong) == 2) == agreed


def test_what_is_more_than_a_typo_is_not_offered_as_one(
    reader: Reader, cast: Cast, wrong: LetterVersion, write: Write
) -> None:
    other = write(OTHER)
    sit(reader, cast.jo)
    seen = reader.get(at(wrong, "/open"))

    assert "A number is different." in seen.words
    assert not [action for _, action in seen.forms() if action.endswith("/typo")]
    reader.post(at(wrong, f"/versions/{other.id}/typo"), status=409)


def test_opening_other_words_asks_everybody_who_signed_once(
    reader: Reader, database: Database, cast: Cast, wrong: LetterVersion, write: Write, clock: Clock
) -> None:
    other = write(OTHER)
    sit(reader, cast.jo)
    for closes_at in ("2026-12-04T17:00", "2026-12-05T17:00"):
        clock.forward(minutes=1)
        reader.get(at(wrong, "/open"))
        form = {"closes_at": closes_at, "version_id": str(other.id), "closes_zone": "America/New_York"}
        reader.post(at(wrong, "/open"), form)

    assert open_version_n(database, wrong) == 2
    assert mails(database, "changed") == 1


def test_who_only_drafts_neither_says_nor_agrees(
    reader: Reader, cast: Cast, wrong: LetterVersion, write: Write
) -> None:
    right = write(RIGHT)
    sit(reader, cast.sam)
    reader.get(at(wrong))

    reader.post(at(wrong, f"/versions/{right.id}/typo"), status=403)
    reader.post(at(wrong, f"/versions/{right.id}/typo/deny"), status=403)


def test_no_page_about_a_change_names_a_signer(
    reader: Reader, cast: Cast, wrong: LetterVersion, write: Write
) -> None:
    write(RIGHT)
    sit(reader, cast.jo)

    seen = reader.get(at(wrong, "/open"))
    for choice in seen.soup.find_all("option"):
        choice.decompose()
    assert "River" not in seen.soup.get_text()
    assert "Rivka" not in seen.answer.text
