"""Asking organisations: by the office, through a letter's open page, or one step further to an authoriser."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.letters.models import Letter, LetterKind
from advocacy.letters.queries import open_version
from advocacy.mail.actions import queue
from advocacy.mail.queries import messages_about
from advocacy.organisations.links import KEY_OUTLIVES, Guest, Purpose, end_links, has_closed_long_ago
from advocacy.organisations.models import OrganisationAsk, OrganisationLink, OrganisationSignOn

TO_CONTACT = "organisation_contact"
TO_AUTHORISER = "organisation_authoriser"

# A stranger may type anybody's address into an open page; nobody's mailbox is to suffer for it.
_MOST_A_DAY = 3
_MOST_FROM_CONTACT = 5
_A_DAY = timedelta(days=1)


class NotOpenNow(Exception):
    """This letter is not open for signing now."""


class NotTheirs(Exception):
    """This link can only be read. It cannot do that."""


class AnsweredAlready(Exception):
    """Your organisation has answered already."""


class AskedOften(Exception):
    """We have written for you five times. Please write to us, and we will help."""


@dataclass(frozen=True, repr=False)
class Authoriser:
    """Somebody who may speak for an organisation."""

    name: str
    title: str
    email: str


@dataclass(frozen=True)
class Described:
    """An organisation as somebody describes it."""

    public_name: str
    level: str | None = None
    state: str | None = None
    board_on: date | None = None


def ask_organisation(
    session: Session,
    letter_id: UUID,
    described: Described,
    *,
    email: str,
    may_sign: bool,
    language: str,
    by: UUID,
    now: datetime,
) -> OrganisationAsk:
    """Ask an organisation by somebody in it: its authoriser, or a contact who cannot sign. Twice is once."""
    _refuse_closed(session, letter_id, now)
    ask = _known(session, letter_id, described.public_name, email)
    if ask is None:
        ask = _begin(session, letter_id, described, email, language, by, now)
        audit.record(session, "organisation.ask", actor=by, about="organisation_ask", id=ask.id)
    _seal(session, ask, "email" if may_sign else "contact", email)
    queue(session, kind=TO_AUTHORISER if may_sign else TO_CONTACT, about=ask.id, now=now)
    session.flush()
    return ask


def ask_through_page(
    session: Session,
    letter_id: UUID,
    described: Described,
    authoriser: Authoriser,
    *,
    language: str,
    now: datetime,
) -> None:
    """Take in what somebody typed on the open page, and write to the authoriser she named.

    Whoever is known already gets a fresh link, and nobody more than a few mails a day. The answer to
    whoever typed it is the same in any case.
    """
    _refuse_closed(session, letter_id, now)
    ask = _known(session, letter_id, described.public_name, authoriser.email)
    if ask is None:
        ask = _begin(session, letter_id, described, authoriser.email, language, None, now)
        _name_authoriser(session, ask, authoriser)
    if _mails_today(session, ask, now) < _MOST_A_DAY:
        _write_again(session, ask, now)


def send_to_authoriser(session: Session, guest: Guest, authoriser: Authoriser, now: datetime) -> None:
    """A contact names who may sign. That person gets a key of her own; keys of anybody named before end."""
    if guest.purpose is not Purpose.CONTACT:
        raise NotTheirs
    _refuse_closed(session, guest.letter_id, now)
    ask = session.get_one(OrganisationAsk, guest.ask_id, with_for_update=True)
    if _yes_of(session, ask.id):
        raise AnsweredAlready
    if len(messages_about(session, TO_AUTHORISER, ask.id)) >= _MOST_FROM_CONTACT:
        raise AskedOften
    end_links(session, ask.id, Purpose.ANSWER, now)
    _name_authoriser(session, ask, authoriser)
    _write_again(session, ask, now)


def send_again(session: Session, ask_id: UUID, *, by: UUID, now: datetime) -> None:
    """Send an organisation a fresh link, because it lost the one it had."""
    ask = session.get_one(OrganisationAsk, ask_id, with_for_update=True)
    audit.record(session, "organisation.ask_again", actor=by, about="organisation_ask", id=ask_id)
    kind = TO_AUTHORISER if ask.email is not None else TO_CONTACT
    turn = len(messages_about(session, kind, ask.id)) + 1
    queue(session, kind=kind, about=ask.id, turn=turn, now=now)


def note_spoken(
    session: Session, letter_id: UUID, described: Described, who: Authoriser, *, by: UUID, now: datetime
) -> OrganisationAsk:
    """Give whoever said yes on paper a link of her own by mail: to see it, change it, take it back."""
    language = session.get_one(Letter, letter_id).language
    ask = _begin(session, letter_id, described, who.email, language, by, now)
    _name_authoriser(session, ask, who)
    queue(session, kind=TO_AUTHORISER, about=ask.id, now=now)
    return ask


def forget_unanswered(session: Session, now: datetime) -> None:
    """Drop names and addresses of whoever never answered: what strangers typed after 30 days, and whom we
    asked once their links have ended."""
    old = select(OrganisationAsk).where(
        OrganisationAsk.asked_at <= now - KEY_OUTLIVES,
        OrganisationAsk.id.not_in(
            select(OrganisationSignOn.ask_id).where(OrganisationSignOn.ask_id.is_not(None))
        ),
    )
    for ask in session.scalars(old).all():
        if ask.asked_by is not None and not has_closed_long_ago(session, ask.letter_id, now):
            continue
        session.execute(delete(OrganisationLink).where(OrganisationLink.ask_id == ask.id))
        vault.destroy(session, ask.id)
        session.delete(ask)
    session.flush()


def _refuse_closed(session: Session, letter_id: UUID, now: datetime) -> None:
    # Two who press at once ask one after the other, so that the second finds the first one's ask.
    letter = session.get_one(Letter, letter_id, with_for_update=True)
    if letter.kind == LetterKind.TESTIMONY or open_version(session, letter_id, now) is None:
        raise NotOpenNow


def _known(session: Session, letter_id: UUID, public_name: str, email: str) -> OrganisationAsk | None:
    asked = select(OrganisationAsk).where(
        OrganisationAsk.letter_id == letter_id,
        OrganisationAsk.email_index == _mark(session, email),
        OrganisationAsk.public_name == public_name,
    )
    return session.scalars(asked).first()


def _begin(
    session: Session,
    letter_id: UUID,
    described: Described,
    email: str,
    language: str,
    by: UUID | None,
    now: datetime,
) -> OrganisationAsk:
    ask = OrganisationAsk(
        id=uuid4(),
        letter_id=letter_id,
        public_name=described.public_name,
        level=described.level,
        state=described.state,
        board_on=described.board_on,
        language=language,
        email_index=_mark(session, email),
        asked_by=by,
        asked_at=now,
    )
    vault.new_holder(session, ask.id)
    session.add(ask)
    session.flush()
    return ask


def _mark(session: Session, email: str) -> bytes:
    return vault.index(session, "organisation_ask.email", email.strip().casefold())


def _name_authoriser(session: Session, ask: OrganisationAsk, authoriser: Authoriser) -> None:
    for column, word in (
        ("authoriser", authoriser.name),
        ("title", authoriser.title),
        ("email", authoriser.email),
    ):
        _seal(session, ask, column, word)
    ask.email_index = _mark(session, authoriser.email)
    session.flush()


def _seal(session: Session, ask: OrganisationAsk, column: str, word: str) -> None:
    setattr(ask, column, vault.seal(session, ask.id, "organisation_ask", column, ask.id, word))


def _yes_of(session: Session, ask_id: UUID) -> bool:
    yes = select(OrganisationSignOn.id).where(
        OrganisationSignOn.ask_id == ask_id, OrganisationSignOn.revoked_on.is_(None)
    )
    return session.scalars(yes).first() is not None


def _mails_today(session: Session, ask: OrganisationAsk, now: datetime) -> int:
    here = select(OrganisationAsk.id).where(OrganisationAsk.email_index == ask.email_index)
    written = [one for id in session.scalars(here) for one in messages_about(session, TO_AUTHORISER, id)]
    return sum(one.queued_at > now - _A_DAY for one in written)


def _write_again(session: Session, ask: OrganisationAsk, now: datetime) -> None:
    turn = len(messages_about(session, TO_AUTHORISER, ask.id)) + 1
    queue(session, kind=TO_AUTHORISER, about=ask.id, turn=turn, now=now)
