"""Mails to organisations: from the office's own sender, with keys of their own, silent about who signed."""

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.config import Config
from advocacy.letters.models import LetterVersion
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.queries import message_about
from advocacy.organisations.answering import ABOUT_BOARD, board_agreed, board_decides_on, take_off
from advocacy.organisations.asking import (
    TO_AUTHORISER,
    TO_CONTACT,
    AnsweredAlready,
    AskedOften,
    Authoriser,
    Described,
    ask_through_page,
    forget_unanswered,
    send_again,
    send_to_authoriser,
)
from advocacy.organisations.links import Purpose, guest_by_key
from advocacy.organisations.models import OrganisationAsk
from advocacy.worker import trades
from tests import make
from tests.make import FULL, Cast
from tests.organisations.conftest import HOUSE, VAL, asked, holding, yes_of

BOARD = date(2026, 11, 27)
FOUR_DAYS = timedelta(days=4)
TEX = Authoriser("Tex Muster", "chair", "tex@samplevalley.example")


def mail(session: Session, config: Config, kind: str, about: object, now: datetime) -> Envelope | None:
    """The newest mail of a kind, as it would leave now; none where it no longer may."""
    message = message_about(session, kind, about)  # type: ignore[arg-type]
    assert isinstance(message, Message)
    trade = trades(config)[kind]
    return trade.compose(session, message, now) if trade.may_send(session, message, now) else None


def keys_in(envelope: Envelope | None) -> list[str]:
    assert envelope is not None
    return re.findall(r"/o#([\w-]{43})", envelope.body)


def test_a_contact_gets_a_link_to_pass_on_and_one_to_read_and_none_to_sign(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    guest = asked(session, letter, cast, now, email="contact@samplevalley.example", may_sign=False)
    sent = mail(session, config, TO_CONTACT, guest.ask_id, now)
    found = [guest_by_key(session, key, now) for key in keys_in(sent)]

    assert sent is not None
    assert (sent.to, sent.sender) == ("contact@samplevalley.example", config.office_mail_from)
    assert [one.purpose for one in found if one] == [Purpose.CONTACT, Purpose.READ]


def test_an_authoriser_gets_a_key_of_her_own(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    sent = mail(session, config, TO_AUTHORISER, guest.ask_id, now)
    (key,) = keys_in(sent)
    found = guest_by_key(session, key, now)

    assert sent is not None
    assert sent.to == VAL
    assert "Nothing has been signed yet." in sent.body
    assert found is not None
    assert found.purpose is Purpose.ANSWER
    assert key not in repr(session.query(OrganisationAsk).all())


@pytest.mark.parametrize("kind", [TO_CONTACT, TO_AUTHORISER])
def test_no_mail_says_who_has_signed(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime, kind: str
) -> None:
    make.sign(session, letter.letter_id, cast.wren, now, FULL, FULL, FULL)
    guest = asked(session, letter, cast, now, may_sign=kind == TO_AUTHORISER)
    sent = mail(session, config, kind, guest.ask_id, now)

    assert sent is not None
    assert "Wren" not in sent.subject + sent.body
    assert not sent.attachments


def test_nobody_is_asked_once_the_letter_has_closed(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)

    assert mail(session, config, TO_AUTHORISER, guest.ask_id, now + make.OPEN_FOR) is None


def test_a_lost_link_is_sent_again_even_after_it_closed(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    yes_of(session, guest, now)
    later = now + timedelta(days=60)
    send_again(session, guest.ask_id, by=cast.amara, now=later)
    (key,) = keys_in(mail(session, config, TO_AUTHORISER, guest.ask_id, later))
    found = guest_by_key(session, key, later)

    assert found is not None
    take_off(session, found, later)


def test_who_is_named_by_a_contact_is_written_to_and_nobody_named_before_can_sign(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    contact = asked(session, letter, cast, now, email="contact@samplevalley.example", may_sign=False)
    send_to_authoriser(session, contact, Authoriser("Val", "clerk", VAL), now)
    (old,) = keys_in(mail(session, config, TO_AUTHORISER, contact.ask_id, now))
    send_to_authoriser(session, contact, TEX, now)
    sent = mail(session, config, TO_AUTHORISER, contact.ask_id, now)

    assert sent is not None
    assert sent.to == TEX.email
    assert guest_by_key(session, old, now) is None
    for _ in range(3):
        send_to_authoriser(session, contact, TEX, now)
    with pytest.raises(AskedOften):
        send_to_authoriser(session, contact, TEX, now)


def test_a_contact_cannot_put_another_in_the_place_of_whoever_signed(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    yes_of(session, guest, now)

    with pytest.raises(AnsweredAlready):
        send_to_authoriser(session, holding(session, guest.ask_id, Purpose.CONTACT, now), TEX, now)


# ---- the board's day


def test_the_board_is_asked_about_on_its_day_and_not_before(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now, board_on=BOARD)
    early = mail(session, config, ABOUT_BOARD, signed.id, now)
    sent = mail(session, config, ABOUT_BOARD, signed.id, now + FOUR_DAYS)

    assert early is None
    assert sent is not None
    assert sent.to == VAL
    assert "Has your board said yes?" in sent.subject
    assert signed.board_yes_on is None


@pytest.mark.parametrize("what", ["agreed", "moved", "off"])
def test_it_is_not_asked_once_that_is_settled(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime, what: str
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now, board_on=BOARD)
    that_day = now + FOUR_DAYS
    if what == "agreed":
        board_agreed(session, guest, zone=make.ZONE, now=that_day)
    elif what == "moved":
        board_decides_on(session, guest, BOARD + FOUR_DAYS, zone=make.ZONE, now=now)
    else:
        take_off(session, guest, now)

    assert mail(session, config, ABOUT_BOARD, signed.id, that_day) is None


# ---- what strangers typed


def test_what_nobody_confirmed_is_forgotten_with_its_key(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    ask_through_page(session, letter.letter_id, HOUSE, TEX, language="en", now=now)
    kept = asked(session, letter, cast, now, email="val@other.example")
    forget_unanswered(session, now + timedelta(days=29))
    before = session.query(OrganisationAsk).count()
    typed = session.query(OrganisationAsk).filter(OrganisationAsk.asked_by.is_(None)).one()
    forget_unanswered(session, now + timedelta(days=31))

    assert before == 2
    assert [ask.id for ask in session.query(OrganisationAsk)] == [kept.ask_id]
    with pytest.raises(vault.CannotOpen):
        vault.unseal(session, typed.id, "organisation_ask", "email", typed.id, typed.email or b"")


def test_an_address_we_asked_at_in_vain_is_forgotten_once_its_links_have_ended(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    asked(session, letter, cast, now, email="contact@samplevalley.example", may_sign=False)
    closes = now + make.OPEN_FOR
    forget_unanswered(session, closes + timedelta(days=29))
    before = session.query(OrganisationAsk).count()
    forget_unanswered(session, closes + timedelta(days=31))

    assert (before, session.query(OrganisationAsk).count()) == (1, 0)


def test_an_organisation_that_confirmed_is_kept(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    ask_through_page(session, letter.letter_id, HOUSE, TEX, language="en", now=now)
    ask = session.query(OrganisationAsk).one()
    yes_of(session, holding(session, ask.id, Purpose.ANSWER, now), now)
    forget_unanswered(session, now + timedelta(days=300))

    assert session.query(OrganisationAsk).count() == 1


def test_mail_is_in_the_language_of_the_ask(
    session: Session, letter: LetterVersion, config: Config, now: datetime
) -> None:
    casa = Described("Centro de Prueba", "local", "PR")
    ask_through_page(session, letter.letter_id, casa, TEX, language="es", now=now)
    ask = session.query(OrganisationAsk).one()
    sent = mail(session, config, TO_AUTHORISER, ask.id, now)

    assert sent is not None
    assert sent.subject.startswith("Su respuesta por Centro de Prueba")
    assert (sent.language, sent.to) == ("es", TEX.email)
