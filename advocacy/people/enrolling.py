"""Adding and taking away what somebody shows who she is with.

Each change ends her sessions elsewhere, and she is told of it by mail.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.people import authenticators, passkeys, sessions
from advocacy.people.passkeys import House, passkeys_of
from advocacy.people.sessions import Seat, Way
from advocacy.people.ways_told import tell_of_change


class LastWay(Exception):
    """This is the only thing left that you can sign in with. Please add another one first."""


def confirm_app(session: Session, seat: Seat, key: str, code: str, *, now: datetime) -> str:
    """Take the first code of a new app; the key the session goes on with. Raises `WrongCode`."""
    authenticators.confirm(session, seat.person_id, code, now=now)
    return _go_on(session, seat, key, Way.LINK, now)


def add_passkey(
    session: Session, seat: Seat, key: str, house: House, answer: str, *, label: str, now: datetime
) -> str:
    """Take a new passkey; the key the session goes on with. Raises `PasskeyRefused`."""
    passkeys.add(session, house, seat.person_id, answer, label=label, now=now)
    return _go_on(session, seat, key, Way.PASSKEY, now)


def remove_app(session: Session, person_id: UUID, key: str, now: datetime) -> None:
    """Forget her app, or raise `LastWay`."""
    if not passkeys_of(session, person_id):
        raise LastWay
    authenticators.remove(session, person_id)
    _taken_away(session, person_id, key, "authenticator", now)


def remove_passkey(session: Session, person_id: UUID, key: str, passkey_id: UUID, now: datetime) -> bool:
    """Forget one of her passkeys, or raise `LastWay`; False when she has no such one."""
    others = [one for one in passkeys_of(session, person_id) if one.id != passkey_id]
    if not others and not authenticators.has_app(session, person_id):
        raise LastWay
    if not passkeys.remove(session, person_id, passkey_id):
        return False
    _taken_away(session, person_id, key, "passkey", now)
    return True


def renew_codes(session: Session, person_id: UUID, now: datetime) -> Sequence[str]:
    """Ten fresh recovery codes, as they are shown once; the earlier ones are worth nothing."""
    codes = authenticators.new_recovery_codes(session, person_id)
    tell_of_change(session, person_id, now)
    return codes


def begin_anew(session: Session, person_id: UUID, *, by: UUID | None, why: str, now: datetime) -> None:
    """Forget all she could show who she is with, because a device is lost: her next link lets her enrol."""
    passkeys.remove_all(session, person_id)
    authenticators.remove(session, person_id)
    authenticators.remove_codes(session, person_id)
    sessions.leave_all(session, person_id)
    audit.record(session, "factor.reset", actor=by, about="person", id=person_id, why=why)
    tell_of_change(session, person_id, now)
    session.flush()


def _go_on(session: Session, seat: Seat, key: str, way: Way, now: datetime) -> str:
    sessions.leave_all(session, seat.person_id, but=key)
    tell_of_change(session, seat.person_id, now)
    return sessions.prove(session, key, way=way if seat.way is Way.ENROLLING else None, now=now)


def _taken_away(session: Session, person_id: UUID, key: str, what: str, now: datetime) -> None:
    sessions.leave_all(session, person_id, but=key)
    audit.record(session, "factor.remove", actor=person_id, about="person", id=person_id, why=what)
    tell_of_change(session, person_id, now)
    session.flush()
