"""What an authoriser may do with her organisation's key: say yes, tell of the board, take it back."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.clock import day_in
from advocacy.letters.models import Letter, LetterVersion
from advocacy.letters.queries import open_version, texts_meant
from advocacy.mail.actions import queue
from advocacy.mail.queries import messages_about
from advocacy.organisations.asking import Described, NotOpenNow, NotTheirs
from advocacy.organisations.life import Stage, stage_of, stands
from advocacy.organisations.links import Guest, Purpose
from advocacy.organisations.models import OrganisationAsk, OrganisationLogo, OrganisationSignOn
from advocacy.organisations.queries import newest_yes, unsealed
from advocacy.organisations.recording import revoke_organisation
from advocacy.people.actions import add_organisation
from advocacy.people.models import Organisation

ABOUT_BOARD = "organisation_board"
_MORNING = time(9)


class OtherWords(Exception):
    """The letter has changed since you opened it. Nothing was signed. Please read it again."""


class BoardMeetsLater(Exception):
    """The day you gave for your board has not come yet. Give an earlier day first, if it met sooner."""


@dataclass(frozen=True, repr=False)
class Yes:
    """An organisation's yes as its authoriser gives it."""

    described: Described
    authoriser: str
    title: str


def say_yes(
    session: Session, guest: Guest, yes: Yes, *, text: str, zone: str, now: datetime
) -> OrganisationSignOn:
    """Agree to the open version for the organisation; the same again changes nothing.

    It prints only once its board has agreed, where it has to, and once somebody has checked who is behind
    it. Who was checked before, and is still the same, need not be checked again.
    """
    ask = take_turn(session, guest)
    version = open_version(session, guest.letter_id, now)
    if version is None:
        raise NotOpenNow
    if text != version.sha256:
        raise OtherWords
    described = yes.described
    known = add_organisation(
        session,
        public_name=described.public_name,
        state=described.state,
        level=described.level,
        now=now,
    )
    before = newest_yes(session, ask.id)
    meant = texts_meant(session, version)
    signed = before if before is not None and before.text_sha256 in meant else None
    same_people = before is not None and _is_same(session, before, ask, known, yes)
    if signed is not None and same_people and signed.revoked_on is None:
        if signed.board_on != described.board_on:
            _set_board(session, signed, described.board_on, zone, now)
        return signed
    signed = signed or _begin(session, ask, version)
    _write(session, signed, ask, known, yes, now)
    _carry_check(session, signed, before if same_people else None)
    _set_board(session, signed, described.board_on, zone, now)
    audit.record(session, "organisation.answer", actor=None, about="organisation_sign_on", id=signed.id)
    session.flush()
    return signed


def take_turn(session: Session, guest: Guest) -> OrganisationAsk:
    """The ask behind an authoriser's key, held until the transaction ends; other keys raise `NotTheirs`."""
    if guest.purpose is not Purpose.ANSWER:
        raise NotTheirs
    # Never beside the letter's freezing or delivery; and one organisation's answers one after another.
    session.get_one(Letter, guest.letter_id, with_for_update=True)
    return session.get_one(OrganisationAsk, guest.ask_id, with_for_update=True)


def _is_same(
    session: Session, before: OrganisationSignOn, ask: OrganisationAsk, known: Organisation, yes: Yes
) -> bool:
    said = (known.id, yes.authoriser, yes.title, unsealed(session, ask, "email"))
    words = (unsealed(session, before, column) for column in ("authoriser", "title", "email"))
    return said == (before.organisation_id, *words)


def _begin(session: Session, ask: OrganisationAsk, version: LetterVersion) -> OrganisationSignOn:
    signed = OrganisationSignOn(id=uuid4(), ask_id=ask.id, version_id=version.id, text_sha256=version.sha256)
    vault.new_holder(session, signed.id)
    return signed


def _write(
    session: Session,
    signed: OrganisationSignOn,
    ask: OrganisationAsk,
    known: Organisation,
    yes: Yes,
    now: datetime,
) -> None:
    words = {"authoriser": yes.authoriser, "title": yes.title, "email": unsealed(session, ask, "email")}
    for column, word in words.items():
        setattr(
            signed, column, vault.seal(session, signed.id, "organisation_sign_on", column, signed.id, word)
        )
    signed.organisation_id, signed.recorded_on = known.id, now.date()
    signed.revoked_on = None
    session.add(signed)


def _carry_check(session: Session, signed: OrganisationSignOn, before: OrganisationSignOn | None) -> None:
    """Whoever was checked, or refused, stays so while nothing about her or her organisation changes."""
    beside = select(OrganisationSignOn.id).where(
        OrganisationSignOn.version_id == signed.version_id,
        OrganisationSignOn.organisation_id == signed.organisation_id,
        OrganisationSignOn.id != signed.id,
        stands(),
    )
    with session.no_autoflush:
        taken = session.scalars(beside).first() is not None
    known = None if taken else before
    signed.verified_on = known.verified_on if known else None
    signed.verified_by = known.verified_by if known else None
    signed.proof = known.proof if known else None
    signed.vouched_by = known.vouched_by if known else None
    signed.refused_on = before.refused_on if before else None
    _carry_logo(session, signed, before)


def _carry_logo(session: Session, signed: OrganisationSignOn, before: OrganisationSignOn | None) -> None:
    """A picture goes along to the next yes of the same people; after others or another name it waits anew."""
    kept = session.get(OrganisationLogo, before.id) if before else None
    if kept is not None and kept.sign_on_id != signed.id:
        words = {"image": kept.image, "words": kept.words, "checked_on": kept.checked_on}
        session.merge(OrganisationLogo(sign_on_id=signed.id, **words))
    elif before is None and (own := session.get(OrganisationLogo, signed.id)) is not None:
        own.checked_on = None


def _set_board(
    session: Session, signed: OrganisationSignOn, board_on: date | None, zone: str, now: datetime
) -> None:
    signed.board_on, signed.board_yes_on = board_on, None
    session.flush()
    if board_on is None:
        return
    turn = len(messages_about(session, ABOUT_BOARD, signed.id)) + 1
    that_morning = datetime.combine(board_on, _MORNING, ZoneInfo(zone))
    queue(session, kind=ABOUT_BOARD, about=signed.id, turn=turn, now=now, not_before=max(now, that_morning))


def board_agreed(session: Session, guest: Guest, *, zone: str, now: datetime) -> None:
    """Say that the board has said yes, on the day it decides or later; twice is once."""
    ask = take_turn(session, guest)
    signed = newest_yes(session, ask.id)
    if signed is None or stage_of(signed) is not Stage.BOARD:
        return
    today = day_in(zone, now)
    if signed.board_on is not None and today < signed.board_on:
        raise BoardMeetsLater
    signed.board_yes_on = today
    audit.record(session, "organisation.board_agreed", actor=None, about="organisation_sign_on", id=signed.id)
    session.flush()


def board_decides_on(session: Session, guest: Guest, board_on: date, *, zone: str, now: datetime) -> None:
    """Give another day on which the board decides."""
    ask = take_turn(session, guest)
    signed = newest_yes(session, ask.id)
    if signed is not None and stage_of(signed) is Stage.BOARD and signed.board_on != board_on:
        _set_board(session, signed, board_on, zone, now)


def take_off(session: Session, guest: Guest, now: datetime) -> None:
    """Take the organisation off the letter, at any stage, at once, without a reason; twice is once."""
    ask = take_turn(session, guest)
    asked = select(OrganisationSignOn.id).where(
        OrganisationSignOn.ask_id == ask.id, OrganisationSignOn.revoked_on.is_(None)
    )
    for id in session.scalars(asked).all():
        revoke_organisation(session, id, by=None, now=now)
