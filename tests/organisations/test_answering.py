"""An organisation's yes: by its authoriser alone, to one text, after its board, checked, and taken back."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.letters.models import LetterVersion
from advocacy.mail.models import Message
from advocacy.mail.queries import messages_about
from advocacy.organisations.answering import (
    ABOUT_BOARD,
    BoardMeetsLater,
    OtherWords,
    Yes,
    board_agreed,
    board_decides_on,
    say_yes,
    take_off,
)
from advocacy.organisations.asking import Described, NotOpenNow, NotTheirs
from advocacy.organisations.links import Purpose
from advocacy.organisations.models import OrganisationSignOn, Proof
from advocacy.organisations.queries import unsealed
from advocacy.organisations.recording import verify
from tests import make
from tests.make import Cast
from tests.organisations.conftest import HOUSE, asked, holding, printed, yes_of

LINE = "Sample Valley Housing Collective (CA)"
BOARD = date(2026, 11, 27)


def check(session: Session, signed: OrganisationSignOn, cast: Cast, now: datetime) -> None:
    verify(session, signed.id, Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=now)


@pytest.mark.both_databases
def test_a_yes_is_not_printed_before_it_was_checked(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    before = printed(session, letter, now)
    signed = yes_of(session, guest, now)
    unchecked = printed(session, letter, now)
    check(session, signed, cast, now)

    assert (before, unchecked, printed(session, letter, now)) == ([], [], [LINE])


def test_being_asked_is_no_yes(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    asked(session, letter, cast, now)

    assert session.scalars(select(OrganisationSignOn)).all() == []


def test_its_authoriser_is_kept_sealed(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    signed = yes_of(session, asked(session, letter, cast, now), now)

    told = [unsealed(session, signed, column) for column in ("authoriser", "title", "email")]
    assert told == ["Val Placeholder", "director", "val@samplevalley.example"]
    assert b"Val" not in signed.authoriser
    vault.destroy(session, signed.id)
    with pytest.raises(vault.CannotOpen):
        unsealed(session, signed, "authoriser")


@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.CONTACT])
def test_no_other_link_of_the_organisation_can_sign_or_revoke(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, purpose: Purpose
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now, board_on=BOARD)
    check(session, signed, cast, now)
    other = holding(session, guest.ask_id, purpose, now)

    with pytest.raises(NotTheirs):
        yes_of(session, other, now)
    with pytest.raises(NotTheirs):
        board_agreed(session, other, zone=make.ZONE, now=now)
    with pytest.raises(NotTheirs):
        board_decides_on(session, other, BOARD, zone=make.ZONE, now=now)
    with pytest.raises(NotTheirs):
        take_off(session, other, now)
    assert (signed.revoked_on, signed.board_yes_on) == (None, None)


def test_twice_is_once(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    guest = asked(session, letter, cast, now)
    first = yes_of(session, guest, now)
    check(session, first, cast, now)
    second = yes_of(session, guest, now + timedelta(days=1))

    assert second is first
    assert first.recorded_on == now.date()
    assert printed(session, letter, now) == [LINE]


def test_nothing_is_signed_to_words_that_changed_or_closed(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    yes = Yes(HOUSE, "Val Placeholder", "director")
    with pytest.raises(OtherWords):
        say_yes(session, guest, yes, text="0" * 64, zone=make.ZONE, now=now)
    with pytest.raises(NotOpenNow):
        say_yes(session, guest, yes, text=letter.sha256, zone=make.ZONE, now=now + make.OPEN_FOR)
    assert session.scalars(select(OrganisationSignOn)).all() == []


# ---- the board


def test_nothing_prints_before_the_board_said_yes_even_when_checked(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now, board_on=BOARD)
    check(session, signed, cast, now)
    on_the_day = datetime(2026, 11, 27, 15, tzinfo=now.tzinfo)
    waiting = [printed(session, letter, at) for at in (now, on_the_day, on_the_day + timedelta(days=3))]
    with pytest.raises(BoardMeetsLater):
        board_agreed(session, guest, zone=make.ZONE, now=now)
    board_agreed(session, guest, zone=make.ZONE, now=on_the_day)
    board_agreed(session, guest, zone=make.ZONE, now=on_the_day + timedelta(days=1))

    assert waiting == [[], [], []]
    assert printed(session, letter, on_the_day) == [LINE]
    assert signed.board_yes_on == BOARD


def test_on_that_morning_one_mail_asks(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now, board_on=BOARD)
    yes_of(session, guest, now, board_on=BOARD)
    (mail,) = messages_about(session, ABOUT_BOARD, signed.id)

    assert mail.not_before_at == datetime(2026, 11, 27, 14, tzinfo=now.tzinfo)


def test_another_day_of_the_board_is_asked_about_anew(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now, board_on=BOARD)
    board_decides_on(session, guest, BOARD + timedelta(days=3), zone=make.ZONE, now=now)
    board_decides_on(session, guest, BOARD + timedelta(days=3), zone=make.ZONE, now=now)

    days = [mail.not_before_at.day for mail in messages_about(session, ABOUT_BOARD, signed.id)]
    assert days == [27, 30]
    with pytest.raises(BoardMeetsLater):
        board_agreed(session, guest, zone=make.ZONE, now=datetime(2026, 11, 29, 15, tzinfo=now.tzinfo))


# ---- changing and taking back


def test_whoever_changes_its_name_or_its_people_is_checked_again(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    check(session, yes_of(session, guest, now), cast, now)
    renamed = yes_of(session, guest, now, described=Described("A Well-Known Charity", "national"))

    assert printed(session, letter, now) == []
    check(session, renamed, cast, now)
    assert printed(session, letter, now) == ["A Well-Known Charity"]
    yes_of(session, guest, now, described=Described("A Well-Known Charity"), authoriser="Tex Muster")
    assert printed(session, letter, now) == []


def test_it_takes_itself_off_at_once_and_may_come_back(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    check(session, yes_of(session, guest, now), cast, now)
    take_off(session, guest, now)
    take_off(session, guest, now)
    gone = printed(session, letter, now)
    yes_of(session, guest, now)

    assert gone == []
    assert printed(session, letter, now) == [LINE]


def test_a_yes_is_to_one_text_and_who_was_checked_need_not_be_checked_again(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    check(session, yes_of(session, guest, now), cast, now)
    later = now + timedelta(days=1)
    new = make.edit(session, cast, letter.letter_id, now=later, body="Other words.")
    silent = printed(session, new, later)
    yes_of(session, guest, later)

    assert silent == []
    assert printed(session, new, later) == [LINE]


def test_it_can_take_itself_off_after_the_letter_closed_and_long_after(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    check(session, yes_of(session, guest, now), cast, now)
    long_after = now + timedelta(days=400)
    take_off(session, holding(session, guest.ask_id, Purpose.ANSWER, long_after), long_after)

    assert printed(session, letter, long_after) == []


def test_no_mail_holds_a_word_of_it(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    yes_of(session, asked(session, letter, cast, now), now, board_on=BOARD)

    assert {row.kind for row in session.scalars(select(Message))} == {"organisation_authoriser", ABOUT_BOARD}
