"""The public pages: what has left, with those who show themselves there now, and nothing of what has not."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.models import Way
from advocacy.letters.models import LetterVersion
from advocacy.organisations.recording import record_organisation
from advocacy.people.actions import add_organisation
from advocacy.positions import rounds
from advocacy.positions.actions import begin_position
from advocacy.positions.decisions import Voice
from tests import make
from tests.make import CHOSEN, FULL, Cast
from tests.page import Reader, Reviewed
from tests.web.conftest import Clock

Send = Callable[[LetterVersion], None]
NAMES = ("Wren Sample", "Wrenna", "Rivka Samplewater", "River", "Delia Placeholder", "Dee", "Mẫu")


@pytest.fixture
def send(database: Database, cast: Cast, clock: Clock) -> Send:
    """An edition goes to the letter's office through a portal."""

    def sent(letter: LetterVersion) -> None:
        with database.transaction() as session:
            frozen = make.frozen(session, letter, cast, clock())
            to = make.office_of(session, letter).id
            make.hand_over(session, frozen.id, to, cast, clock(), Way.PORTAL, receipt="R-1")

    return sent


@pytest.fixture
def signed(database: Database, letter: LetterVersion, cast: Cast, clock: Clock) -> LetterVersion:
    """Wren is named on the web, River before the office alone, Dee is counted; an organisation joined."""
    with database.transaction() as session:
        known = add_organisation(session, public_name="Sample Valley", state="MD", now=clock())
        record_organisation(session, letter.id, known.id, authoriser="Val Muster", by=cast.amara, now=clock())
        make.sign(session, letter.letter_id, cast.wren, clock(), recipient=FULL, web=FULL)
        make.sign(session, letter.letter_id, cast.river, clock(), recipient=CHOSEN)
        make.sign(session, letter.letter_id, cast.dee, clock())
    return letter


def agreed(database: Database, cast: Cast, clock: Clock, title: str, voice: Voice = Voice.CONSENT) -> UUID:
    """A position the working group answered about."""
    with database.transaction() as session:
        begun = begin_position(session, title=title, body="## Why\n\nHomes.", by=cast.amara, now=clock())
        ends = clock() + timedelta(days=5)
        held = rounds.begin_decision(
            session, begun.id, question="Yes?", closes_at=ends, by=cast.amara, now=clock()
        )
        for person in (cast.amara, cast.jo, cast.sam):
            rounds.answer(session, held.id, by=person, voice=voice, note="", now=clock())
    return begun.position_id


def test_the_first_page_says_when_there_is_nothing_yet(reader: Reader) -> None:
    assert "There are no public letters yet." in reader.get("/").words


def test_a_letter_is_public_once_it_has_left(
    reader: Reader, signed: LetterVersion, send: Send, clock: Clock
) -> None:
    path = f"/letters/{signed.letter_id}"
    reader.get(path, 404)
    send(signed)
    clock.forward(days=1)
    home, page = reader.get("/"), reader.get(path)

    assert path in home.links()
    assert "23 November 2026. To The Honorable Sample Chair." in home.words
    assert page.heading == signed.title
    assert "Sent on November 23, 2026 to: The Honorable Sample Chair" in page.words
    assert "1. Homes." in page.words
    assert "Organisations Sample Valley (MD) People Wren Sample And 2 others, not named here." in page.words


def test_only_who_chose_the_web_is_on_the_public_pages(
    reader: Reader, signed: LetterVersion, send: Send, clock: Clock
) -> None:
    send(signed)
    clock.forward(days=1)
    words = reader.get("/").answer.text + reader.get(f"/letters/{signed.letter_id}").answer.text

    assert [name for name in NAMES if name in words] == ["Wren Sample"]
    assert "Val Muster" not in words


def test_whoever_takes_her_name_off_is_gone_with_the_next_look(
    reader: Reader, signed: LetterVersion, send: Send, database: Database, cast: Cast, clock: Clock
) -> None:
    send(signed)
    clock.forward(days=1)
    path = f"/letters/{signed.letter_id}"
    before = reader.get(path)
    with database.transaction() as session:
        make.withdraw(session, signed.letter_id, cast.wren, clock())
    after = reader.get(path)

    assert "Wren Sample" in before.words
    assert "Wren" not in after.words
    assert "2 people, not named here." in after.words


def test_no_page_with_names_is_kept_or_found(reader: Reader, signed: LetterVersion, send: Send) -> None:
    send(signed)
    headers = reader.get(f"/letters/{signed.letter_id}").answer.headers

    assert headers["Cache-Control"] == "no-store"
    assert "noarchive" in headers["X-Robots-Tag"]
    assert not {"ETag", "Last-Modified", "Set-Cookie"} & set(headers.keys())


@pytest.mark.parametrize("kind", ["letters", "positions"])
def test_a_draft_and_nothing_at_all_look_the_same(
    reader: Reader, letter: LetterVersion, database: Database, cast: Cast, clock: Clock, kind: str
) -> None:
    drafts = {
        "letters": letter.letter_id,
        "positions": agreed(database, cast, clock, "Wages", Voice.NEED_TIME),
    }
    draft = reader.get(f"/{kind}/{drafts[kind]}", 404)
    never = reader.get(f"/{kind}/{uuid4()}", 404)
    mangled = reader.get(f"/{kind}/x", 404)

    assert draft.answer.data == never.answer.data == mangled.answer.data


def test_a_letter_in_spanish_speaks_spanish(
    reader: Reader, database: Database, cast: Cast, send: Send, clock: Clock
) -> None:
    with database.transaction() as session:
        letter = make.letter(
            session, cast, now=clock(), language="es", title="Apoyo a la ley", body="Pedimos."
        )
        make.sign(session, letter.letter_id, cast.ana, clock(), recipient=FULL, web=FULL)
        make.sign(session, letter.letter_id, cast.dee, clock())
    send(letter)
    clock.forward(days=1)
    page = reader.get(f"/letters/{letter.letter_id}")

    assert page.soup.html is not None
    assert page.soup.html["lang"] == "es"
    assert "Enviada el 23 de noviembre de 2026 a:" in page.words
    assert "Y 1 persona más, a la que no se nombra aquí." in page.words


def test_a_position_is_public_once_it_is_agreed_to(
    reader: Reader, database: Database, cast: Cast, clock: Clock
) -> None:
    id = agreed(database, cast, clock, "Homes first")
    agreed(database, cast, clock, "Wages", Voice.NEED_TIME)
    home, page = reader.get("/"), reader.get(f"/positions/{id}")

    assert f"/positions/{id}" in home.links()
    assert "Wages" not in home.words
    assert page.heading == "Homes first"
    assert "Homes." in page.words
    assert not [name for name in (*NAMES, "Amara Desk", "Jo Desk") if name in page.words]


def test_on_the_signers_own_host_no_public_page_answers(
    database: Database, config: Config, cast: Cast, signed: LetterVersion, send: Send, clock: Clock
) -> None:
    send(signed)
    position = agreed(database, cast, clock, "Homes first")
    hosts = {"BASE_URL": "https://network.example", "SIGNER_URL": "https://door.example"}
    two = Config.from_environment({"VAR": str(config.var), "DATABASE_URL": config.database_url, **hosts})
    app: Flask = create_app(two, database, clock=clock)
    for path in (f"/letters/{signed.letter_id}", f"/positions/{position}"):
        at_door = app.test_client().get(path, base_url="https://door.example")
        at_home = app.test_client().get(path, base_url="https://network.example")

        assert (at_door.status_code, at_home.status_code) == (404, 200)
        assert signed.title not in at_door.text
        assert "Network" not in at_door.text


def test_nothing_public_asks_to_be_found(client: Reviewed) -> None:
    assert "noindex" in client.get("/").headers["X-Robots-Tag"]
