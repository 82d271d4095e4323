"""A print rests on the organisations in it as on people: one that comes or goes makes it void."""

from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.editions.models import Edition
from advocacy.editions.queries import is_void
from advocacy.letters.models import LetterVersion
from advocacy.organisations.answering import take_off
from advocacy.organisations.models import Proof
from advocacy.organisations.recording import refuse, verify
from tests import make
from tests.make import FULL, Cast
from tests.organisations.conftest import asked, yes_of


def check(session: Session, signed_id: UUID, cast: Cast, now: datetime) -> None:
    verify(session, signed_id, Proof.WORK_ADDRESS, voucher=None, by=cast.amara, now=now)


def frozen(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Edition:
    """A print with Wren on it, so that it never is empty."""
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    return make.frozen(session, letter, cast, now)


def test_a_print_is_void_once_an_organisation_takes_itself_off(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        guest = asked(session, letter, cast, now)
        check(session, yes_of(session, guest, now).id, cast, now)
        made = frozen(session, letter, cast, now)
        assert not is_void(session, made, now)

        take_off(session, guest, now)
        assert is_void(session, made, now)


def test_a_print_is_void_once_an_organisation_was_checked_and_not_before(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        made = frozen(session, letter, cast, now)
        signed = yes_of(session, asked(session, letter, cast, now), now)
        assert not is_void(session, made, now)

        check(session, signed.id, cast, now)
        assert is_void(session, made, now)


@pytest.mark.parametrize("waits", ["board", "refused"])
def test_who_waits_for_its_board_or_was_left_off_is_in_no_print(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime, waits: str
) -> None:
    with database.transaction() as session:
        board_on = date(2026, 11, 27) if waits == "board" else None
        signed = yes_of(session, asked(session, letter, cast, now), now, board_on=board_on)
        if waits == "board":
            check(session, signed.id, cast, now)
        else:
            refuse(session, signed.id, by=cast.amara, now=now)
        made = frozen(session, letter, cast, now)

        assert str(signed.id) not in made.manifest
