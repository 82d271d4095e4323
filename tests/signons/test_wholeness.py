"""Whole or not at all: faults at any statement, two tabs at once, nothing readable in the file on disk."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, func, select
from sqlalchemy.engine import make_url

from advocacy.audit import verify
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.mail.models import Message
from advocacy.migrations.tables import METADATA
from advocacy.people.limits import Audience
from advocacy.signons import actions
from advocacy.signons.consent import Choice
from advocacy.signons.links import Purpose
from advocacy.signons.models import Consent, Invitation, SignOn
from advocacy.signons.queries import signers_for
from advocacy.signons.throttling import note_wrong_code
from advocacy.signons.visits import Visit, standing
from advocacy.throttling import Throttle
from tests import make
from tests.make import CHOSEN, COUNTED, DESCRIBED, FULL, Cast
from tests.together import at_once

WRITES = ("INSERT", "UPDATE", "DELETE")


def dump(database: Database) -> Mapping[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with database.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }


class Struck(Exception):
    """The power went."""


@contextmanager
def lightning(database: Database, spared: int) -> Iterator[None]:
    """Let so many statements write, and strike at the next one."""
    left = [spared]

    def strike(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        if statement.split()[0] in WRITES:
            left[0] -= 1
            if left[0] < 0:
                raise Struck

    event.listen(database.engine, "before_cursor_execute", strike)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", strike)


def sign(database: Database, visit: Visit, now: datetime, *choices: Choice) -> None:
    wanted = make.wishes(*choices)
    with database.transaction() as session:
        seen = make.look(session, visit, wanted, now)
        actions.sign(session, visit, wanted, mark=seen.mark, zone=make.ZONE, now=now)


def withdraw(database: Database, visit: Visit, now: datetime) -> None:
    with database.transaction() as session:
        actions.withdraw(session, visit, zone=make.ZONE, now=now)


def decline(database: Database, visit: Visit, now: datetime) -> None:
    with database.transaction() as session:
        actions.decline(session, visit, zone=make.ZONE, now=now)


ACTS: Mapping[str, Callable[[Database, Visit, datetime], None]] = {
    "sign": lambda database, visit, now: sign(database, visit, now, CHOSEN),
    "change": lambda database, visit, now: sign(database, visit, now, CHOSEN, COUNTED),
    "withdraw": withdraw,
    "decline": decline,
}


@pytest.fixture
def visit(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> Visit:
    with database.transaction() as session:
        found = make.come(session, letter.letter_id, cast.wren, now)
        actions.keep_choices(session, found, "{}", now)
    return found


@pytest.mark.parametrize("act", ACTS)
def test_a_fault_at_any_statement_leaves_nothing_half_written(
    database: Database, visit: Visit, now: datetime, act: str
) -> None:
    if act != "sign":
        sign(database, visit, now, FULL, FULL)
    before, struck = dump(database), 0

    while True:
        try:
            with lightning(database, spared=struck):
                ACTS[act](database, visit, now)
        except Struck:
            struck += 1
            assert dump(database) == before, f"{act}, struck at statement {struck}"
            continue
        break

    assert struck >= 2
    assert dump(database) != before
    with database.reading() as session:
        assert verify(session).holds


@pytest.mark.both_databases
def test_the_same_form_from_many_tabs_is_one_sign_on(database: Database, visit: Visit, now: datetime) -> None:
    at_once(*[lambda: sign(database, visit, now, FULL)] * 6)

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignOn)) == 1
        assert session.scalar(select(func.count()).select_from(Consent)) == len(Audience)


@pytest.mark.both_databases
def test_two_tabs_with_two_choices_leave_one_of_them_whole(
    database: Database, visit: Visit, now: datetime
) -> None:
    for _ in range(5):
        at_once(
            lambda: sign(database, visit, now, FULL, FULL, FULL),
            lambda: sign(database, visit, now, DESCRIBED, DESCRIBED, DESCRIBED),
        )
        with database.reading() as session:
            held = standing(session, visit)
            assert len(held.choices) == len(Audience)
            assert len(set(held.choices.values()) - {COUNTED}) == 1


@pytest.mark.both_databases
def test_signing_and_leaving_at_once_ends_as_one_or_the_other(
    database: Database, letter: LetterVersion, visit: Visit, now: datetime
) -> None:
    for _ in range(5):
        at_once(
            lambda: sign(database, visit, now, FULL, FULL, FULL),
            lambda: withdraw(database, visit, now),
        )
        with database.reading() as session:
            held, shown = standing(session, visit), signers_for(session, letter.id, Audience.RECIPIENT, now)
            assert (held.signed, len(shown.individuals)) in ((True, 1), (False, 0))
        withdraw(database, visit, now)


@pytest.mark.both_databases
def test_many_people_sign_side_by_side(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    people = (cast.wren, cast.nguyen, cast.ana, cast.river)
    with database.transaction() as session:
        visits = [make.come(session, letter.letter_id, person, now) for person in people]

    at_once(*(lambda visit=visit: sign(database, visit, now, CHOSEN) for visit in visits))

    with database.reading() as session:
        assert signers_for(session, letter.id, Audience.RECIPIENT, now).total == len(people)
        assert verify(session).holds


@pytest.mark.both_databases
def test_pressing_at_once_asks_everybody_once(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    def ask() -> None:
        with database.transaction() as session:
            make.ask_members(session, letter, cast, now)

    at_once(*[ask] * 6)

    with database.reading() as session:
        asked = list(session.scalars(select(Invitation.person_id)))
        assert len(asked) == len(set(asked)) == session.scalar(select(func.count()).select_from(Message))


@pytest.mark.both_databases
def test_guessing_and_keeping_at_once_is_counted_and_kept(
    database: Database, visit: Visit, now: datetime
) -> None:
    def guess() -> None:
        with database.transaction() as session:
            note_wrong_code(session, [b"all", b"network"], now)

    def keep() -> None:
        with database.transaction() as session:
            actions.keep_choices(session, visit, "{}", now)

    at_once(*[guess] * 6, *[keep] * 4)

    with database.reading() as session:
        assert set(session.scalars(select(Throttle.failures))) == {6}
        assert actions.kept_choices(session, visit, now) == "{}"


def test_the_file_on_disk_holds_no_word_of_anybody(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    told = make.EVERYTHING
    with database.transaction() as session:
        secret = make.person(
            session,
            "Xanthe Verborgenfeld",
            now=now,
            chosen_name="Quillfeather",
            email="xv@hidden.example",
            state="WY",
            limits=told,
            recognition_word="marzipan-tram",
            credential="Dr Zirconium",
            affiliation="House of Ptarmigan",
        )
        visit = make.come(session, letter.letter_id, secret.id, now)
        key, code = actions.make_link(session, visit.invitation_id, Purpose.SIGN, now)
        stop, _ = actions.make_link(session, visit.invitation_id, Purpose.STOP_MAIL, now)
        actions.keep_choices(session, visit, "Quillfeather chose Verborgenfeld", now)
    sign(
        database,
        visit,
        now,
        Choice(FULL.form, True, True, True),
        CHOSEN,
        Choice(DESCRIBED.form, survivor=True),
    )
    withdraw(database, visit, now)
    sign(database, visit, now, FULL, CHOSEN)

    words = ("xanthe", "verborgenfeld", "quillfeather", "xv@hidden", "marzipan", "zirconium", "ptarmigan")
    path = Path(make_url(str(database.engine.url)).database or "")
    bytes_on_disk = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*")).lower()
    for word in (*words, key.lower(), code.lower(), stop.lower()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(encoding) not in bytes_on_disk, word
