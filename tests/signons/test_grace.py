"""A form opened before the close has fifteen minutes, and nobody else has."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.actions import open_for_signons
from advocacy.letters.models import LetterVersion, Opening
from advocacy.letters.queries import current_opening
from advocacy.signons import actions
from advocacy.signons.grace import GRACE, opened_mark
from advocacy.signons.visits import Visit, asked_of, standing
from tests import make
from tests.make import FULL, ZONE, Cast

SECOND = timedelta(seconds=1)


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def wren(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Visit:
    return make.come(session, letter.letter_id, cast.wren, now)


@pytest.fixture
def close(now: datetime) -> datetime:
    return now + make.OPEN_FOR


def opening_of(session: Session, letter: LetterVersion) -> Opening:
    found = current_opening(session, letter.letter_id)
    assert found is not None
    return found


def mark(session: Session, visit: Visit, letter: LetterVersion, at: datetime) -> str:
    return opened_mark(session, visit.invitation_id, opening_of(session, letter), at)


def sign(session: Session, visit: Visit, at: datetime, opened: str) -> None:
    """Look and sign in one breath, in a form that carries this mark."""
    asked = asked_of(session, visit, at, opened=opened)
    assert asked is not None
    wanted = make.wishes(FULL)
    shown = make.preview(session, visit, asked, wanted, zone=ZONE, now=at)
    actions.sign(session, visit, wanted, mark=shown.mark, zone=ZONE, now=at, opened=opened)


@pytest.mark.parametrize("after", [timedelta(0), SECOND, GRACE - SECOND])
def test_a_form_opened_before_the_close_has_fifteen_minutes(
    session: Session, letter: LetterVersion, wren: Visit, close: datetime, after: timedelta
) -> None:
    sign(session, wren, close + after, mark(session, wren, letter, close - SECOND))

    assert standing(session, wren).signed


def test_after_fifteen_minutes_it_is_late(
    session: Session, letter: LetterVersion, wren: Visit, close: datetime
) -> None:
    opened = mark(session, wren, letter, close - SECOND)

    with pytest.raises(actions.NotOpen):
        sign(session, wren, close + GRACE, opened)
    assert not standing(session, wren).signed


def test_no_form_is_marked_once_the_letter_is_closed(
    session: Session, letter: LetterVersion, wren: Visit, close: datetime
) -> None:
    assert mark(session, wren, letter, close) == ""
    assert mark(session, wren, letter, close - SECOND) != ""


def test_a_mark_that_is_not_hers_opens_nothing(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime, close: datetime
) -> None:
    good = mark(session, wren, letter, close - SECOND)
    at, _, sealed = good.partition(".")
    river = make.come(session, letter.letter_id, cast.river, now)
    other = make.letter(session, cast, now=now, title="Another letter")
    elsewhere = make.come(session, other.letter_id, cast.wren, now)
    forged = [
        "",
        good[:-1],
        f"{good}0",
        f"{int(at) - 60}.{sealed}",
        f"{at}.",
        "1.x",
        f"٣.{sealed}",
        "é",
        "9" * 90,
    ]

    for opened in [*forged, mark(session, river, letter, now), mark(session, elsewhere, other, now)]:
        with pytest.raises(actions.NotOpen):
            sign(session, wren, close + SECOND, opened)


def test_closing_at_once_leaves_the_same_quarter_of_an_hour(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    opened, noon = mark(session, wren, letter, now), now + timedelta(hours=2)
    open_for_signons(session, letter.id, closes_at=noon, by=cast.jo, now=noon)

    with pytest.raises(actions.NotOpen):
        sign(session, wren, noon + SECOND, mark(session, wren, letter, noon))
    sign(session, wren, noon + timedelta(minutes=14), opened)
    assert standing(session, wren).signed


def test_a_form_of_an_earlier_opening_is_old(
    session: Session, letter: LetterVersion, wren: Visit, cast: Cast, now: datetime
) -> None:
    old, later = mark(session, wren, letter, now), now + timedelta(days=1)
    newer = make.edit(session, cast, letter.letter_id, now=later, body="New words", open_for=SECOND)

    with pytest.raises(actions.NotOpen):
        sign(session, wren, later + timedelta(minutes=1), old)
    sign(session, wren, later + timedelta(minutes=1), mark(session, wren, newer, later))
    assert standing(session, wren).version_id == newer.id
