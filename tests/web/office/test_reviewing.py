"""The reviewer sees the printed line and why, not the person; many at once only after the number was said."""

from datetime import datetime
from uuid import UUID

import pytest

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.people.limits import Audience, Preset
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import CHOSEN, Cast
from tests.page import Reader, Seen
from tests.web.office.papers import at, sit


@pytest.fixture
def odd(database: Database, letter: LetterVersion, now: datetime) -> list[UUID]:
    """Two whose chosen names are odd, and whose real names stand nowhere."""
    ids = []
    with database.transaction() as session:
        for name, chosen in (("Quentin Placeholder", "=SUM Muster"), ("Philippa Placeholder", "<b>Muster")):
            known = make.person(session, name, chosen_name=chosen, now=now, limits=Preset.PUBLIC_ADVOCATE)
            ids.append(make.sign(session, letter.letter_id, known.id, now, CHOSEN).id)
    return ids


def press(
    reader: Reader, letter: LetterVersion, verdict: str, ids: list[UUID], status: int = 303, **more: str
) -> Seen:
    reader.get(at(letter, "/review"))
    data = {"verdict": verdict, "line": [str(id) for id in ids], **more}
    seen = reader.post(at(letter, "/review"), data, status)
    return reader.follow(seen) if status == 303 else seen


def lines(database: Database, letter: LetterVersion, now: datetime) -> list[str]:
    with database.reading() as session:
        return [one.line for one in signers_for(session, letter.id, Audience.RECIPIENT, now).individuals]


def test_the_reviewer_sees_the_line_and_not_the_person(
    reader: Reader, cast: Cast, letter: LetterVersion, odd: list[UUID]
) -> None:
    sit(reader, cast.jo)
    seen = reader.get(at(letter, "/review"))

    assert "=SUM Muster begins like a spreadsheet formula" in seen.words
    assert "<b>Muster looks like a piece of a program" in seen.words
    for hidden in ("Quentin", "Philippa", "Placeholder", "members.example"):
        assert hidden not in seen.answer.text


def test_only_who_leads_may_review(
    reader: Reader, cast: Cast, letter: LetterVersion, odd: list[UUID]
) -> None:
    for other in (cast.sam, cast.lee):
        sit(reader, other)
        reader.get(at(letter, "/review"), 403)


def test_the_number_is_said_before_anything_is_done(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, odd: list[UUID], now: datetime
) -> None:
    sit(reader, cast.jo)
    sure = press(reader, letter, "print", odd, 200)
    before = lines(database, letter, now)
    done = press(reader, letter, "print", odd, sure="yes")

    assert sure.heading == "Let 2 lines print?"
    assert before == []
    assert "Done. These lines can print." in done.words
    assert lines(database, letter, now) == ["<b>Muster", "=SUM Muster"]


def test_a_decision_can_be_taken_back(
    reader: Reader, database: Database, cast: Cast, letter: LetterVersion, odd: list[UUID], now: datetime
) -> None:
    sit(reader, cast.jo)
    press(reader, letter, "print", odd, sure="yes")
    seen = press(reader, letter, "wait", odd, sure="yes")

    assert "These lines wait again." in seen.words
    assert lines(database, letter, now) == []


@pytest.mark.parametrize(("verdict", "some"), [("print", False), ("", True), ("burn", True)])
def test_a_press_without_a_choice_does_nothing(
    reader: Reader,
    database: Database,
    cast: Cast,
    letter: LetterVersion,
    odd: list[UUID],
    now: datetime,
    verdict: str,
    some: bool,
) -> None:
    sit(reader, cast.jo)
    seen = press(reader, letter, verdict, odd if some else [], 422, sure="yes")

    assert "Choose one line at least" in seen.words
    assert lines(database, letter, now) == []


def test_the_desk_says_that_lines_wait(
    reader: Reader, cast: Cast, letter: LetterVersion, odd: list[UUID]
) -> None:
    sit(reader, cast.jo)
    seen = reader.get("/office/")

    assert "Lines wait for a look before they print" in seen.words
    assert at(letter, "/review") in seen.links()
