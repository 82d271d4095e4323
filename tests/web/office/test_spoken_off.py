"""She calls and wants her name off: it is gone everywhere at once, and the page tells nothing of her."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from advocacy.app import create_app
from advocacy.audit import AuditEntry
from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.actions import EditionVoid, deliver
from advocacy.editions.models import Way
from advocacy.letters.models import LetterVersion
from advocacy.people.limits import Audience
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import FULL, Cast
from tests.page import Reader, Reviewed, Seen
from tests.web.conftest import Clock
from tests.web.office.papers import sit


@pytest.fixture
def signed(database: Database, letter: LetterVersion, cast: Cast, clock: Clock) -> LetterVersion:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, clock(), FULL, FULL)
        make.sign(session, letter.letter_id, cast.ana, clock(), FULL)
    return letter


def off(reader: Reader, person: UUID, status: int = 303, **sent: str) -> Seen:
    reader.get(f"/office/people/{person}/off")
    seen = reader.post(f"/office/people/{person}/off", sent, status)
    return reader.follow(seen) if status == 303 else seen


def lines(database: Database, letter: LetterVersion, clock: Clock) -> dict[str, list[str]]:
    with database.reading() as session:
        return {
            audience: [one.line for one in signers_for(session, letter.id, audience, clock()).individuals]
            for audience in (Audience.RECIPIENT, Audience.WEB)
        }


@pytest.mark.both_databases
def test_a_spoken_word_hides_her_line_on_the_public_page_of_another_process_at_once(
    reader: Reader,
    config: Config,
    database: Database,
    signed: LetterVersion,
    cast: Cast,
    clock: Clock,
) -> None:
    paper = make.edition_of(make.printed(database, signed, cast, clock()))
    with database.transaction() as session:
        office = make.office_of(session, signed).id
        make.hand_over(session, paper, office, cast, clock(), Way.PORTAL, "No. 7")
    clock.forward(days=1)
    elsewhere = _elsewhere(config, database, clock)
    page = f"/letters/{signed.letter_id}"
    assert "Wren Sample" in elsewhere.get(page).words
    sit(reader, cast.lee)

    off(reader, cast.wren, said="y")

    assert "Wren" not in elsewhere.get(page).words
    assert lines(database, signed, clock) == {"recipient": ["Ana-Lucía Ejemplo"], "web": []}
    clock.forward(seconds=59)
    assert "Wren" not in elsewhere.get(page).words


def _elsewhere(config: Config, database: Database, clock: Clock) -> Reader:
    other: Flask = create_app(config, database, clock=clock)
    other.testing, other.test_client_class = True, Reviewed
    client = other.test_client()
    assert isinstance(client, Reviewed)
    return Reader(client)


@pytest.mark.both_databases
def test_a_print_that_was_agreed_but_not_handed_over_stays_here_and_the_next_one_lacks_her(
    reader: Reader, database: Database, signed: LetterVersion, cast: Cast, clock: Clock
) -> None:
    held = make.edition_of(make.printed(database, signed, cast, clock()))
    with database.transaction() as session:
        office = make.office_of(session, signed).id
        make.agree(session, held, office, cast, clock())
    sit(reader, cast.lee)

    off(reader, cast.wren, said="y")

    with pytest.raises(EditionVoid), database.transaction() as session:
        deliver(session, held, office, Way.EMAIL, receipt="", by=cast.amara, now=clock())
    again = make.printed(database, signed, cast, clock())
    assert again.report.passed
    assert make.edition_of(again) != held


def test_the_pages_are_word_for_word_the_same_whether_or_not_she_had_signed(
    reader: Reader, signed: LetterVersion, cast: Cast
) -> None:
    sit(reader, cast.lee)
    told = []
    for person, name in ((cast.wren, "Wren Sample"), (cast.dee, "Delia Placeholder")):
        before = reader.get(f"/office/people/{person}/off")
        seen = [before, off(reader, person, said="y"), off(reader, person, said="y")]
        told.append([_less(one, person, name) for one in seen])

    assert told[0] == told[1]
    assert signed.title not in "".join(told[0])


def _less(seen: Seen, person: UUID, name: str) -> str:
    """A page without what must differ: whose it is."""
    return seen.answer.text.replace(str(person), "ID").replace(name, "NAME")


def test_without_the_tick_nothing_is_done(
    reader: Reader, database: Database, signed: LetterVersion, cast: Cast, clock: Clock
) -> None:
    before = lines(database, signed, clock)
    sit(reader, cast.lee)

    assert "Nothing was done." in off(reader, cast.wren, 422).words
    assert lines(database, signed, clock) == before


def test_only_the_membership_group_may(reader: Reader, signed: LetterVersion, cast: Cast) -> None:
    sit(reader, cast.amara)

    reader.get(f"/office/people/{cast.wren}/off", 403)
    reader.post(f"/office/people/{cast.wren}/off", {"said": "y"}, 403)


def test_her_page_leads_there(reader: Reader, cast: Cast) -> None:
    sit(reader, cast.lee)

    assert f"/office/people/{cast.wren}/off" in reader.get(f"/office/people/{cast.wren}").links()


def test_the_record_says_the_same_of_both(
    reader: Reader, database: Database, signed: LetterVersion, cast: Cast
) -> None:
    sit(reader, cast.lee)
    for person in (cast.wren, cast.dee):
        off(reader, person, said="y")

    with database.reading() as session:
        kept = [row for row in session.scalars(select(AuditEntry)) if row.about_id in (cast.wren, cast.dee)]
        told = {(row.act, row.why) for row in kept if row.actor_id == cast.lee}
        assert told == {("person.withdraw_all", "")}
