"""Codes: from an authenticator app, each good once, and the recovery codes for the day a device is lost."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.people.models import Authenticator, RecoveryCode
from advocacy.people.typed_codes import make_code, read_code, spell
from advocacy.people.ways_told import tell_of_change

RECOVERY_CODES = 10
_SECONDS = 30
_DIGITS = 6


class WrongCode(Exception):
    """This code is not right, or it was used before. Wait for the next one and type that."""


def begin(session: Session, person_id: UUID, *, today: date) -> str:
    """Make a secret for an app, which counts once a code from it was typed. It is shown this one time."""
    known = session.get(Authenticator, person_id, with_for_update=True, populate_existing=True)
    if known is not None:
        session.delete(known)
        session.flush()
    secret = pyotp.random_base32()
    sealed = vault.seal(session, person_id, "authenticator", "secret", person_id, secret)
    session.add(Authenticator(person_id=person_id, secret=sealed, begun_on=today, last_step=0))
    session.flush()
    return secret


def has_app(session: Session, person_id: UUID) -> bool:
    """Whether a person set up an authenticator app and typed a code from it."""
    known = session.get(Authenticator, person_id)
    return known is not None and known.confirmed_on is not None


def confirm(session: Session, person_id: UUID, code: str, *, now: datetime) -> None:
    """Take the first code from the app, or raise `WrongCode`."""
    row = session.get(Authenticator, person_id, with_for_update=True, populate_existing=True)
    if row is None or row.confirmed_on is not None:
        raise WrongCode
    _take(session, row, code, now)
    row.confirmed_on = now.date()
    audit.record(session, "factor.add", actor=person_id, about="person", id=person_id, why="authenticator")
    session.flush()


def spend(session: Session, person_id: UUID, code: str, *, now: datetime) -> None:
    """Take a code from the app, or a recovery code; either is good once. Raises `WrongCode`."""
    row = session.get(Authenticator, person_id, with_for_update=True, populate_existing=True)
    if (recovery := read_code(code)) is not None:
        _spend_recovery(session, person_id, recovery, now)
    elif row is None or row.confirmed_on is None:
        raise WrongCode
    else:
        _take(session, row, code, now)
    session.flush()


def remove(session: Session, person_id: UUID) -> None:
    """Forget a person's app."""
    session.execute(delete(Authenticator).where(Authenticator.person_id == person_id))


def address_of(secret: str, house: str) -> str:
    """The secret as an address that apps read from a picture; it names the house and nobody in it."""
    return pyotp.TOTP(secret).provisioning_uri(name="office", issuer_name=house)


def remove_codes(session: Session, person_id: UUID) -> None:
    """Forget a person's recovery codes."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def new_recovery_codes(session: Session, person_id: UUID) -> Sequence[str]:
    """Ten fresh recovery codes, as they are shown once; the earlier ones are worth nothing."""
    remove_codes(session, person_id)
    codes = [make_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(code_hash=_fingerprint(session, person_id, code), person_id=person_id) for code in codes
    )
    audit.record(session, "factor.codes", actor=person_id, about="person", id=person_id)
    session.flush()
    return [spell(code) for code in codes]


def recovery_codes_left(session: Session, person_id: UUID) -> int:
    """How many recovery codes a person still has."""
    asked = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.person_id == person_id)
    return session.scalar(asked.where(RecoveryCode.used_on.is_(None))) or 0


def _take(session: Session, row: Authenticator, code: str, now: datetime) -> None:
    # A clock may be off by half a minute; a code that was taken, and every earlier one, is never taken again.
    typed = "".join(code.split())
    secret = vault.unseal(session, row.person_id, "authenticator", "secret", row.person_id, row.secret)
    app, here = pyotp.TOTP(secret, digits=_DIGITS, interval=_SECONDS), int(now.timestamp()) // _SECONDS
    fitting = [
        step
        for step in (here - 1, here, here + 1)
        if pyotp.utils.strings_equal(app.generate_otp(step), typed)
    ]
    if not fitting or max(fitting) <= row.last_step:
        raise WrongCode
    row.last_step = max(fitting)


def _spend_recovery(session: Session, person_id: UUID, code: str, now: datetime) -> None:
    mark = _fingerprint(session, person_id, code)
    row = session.get(RecoveryCode, mark, with_for_update=True, populate_existing=True)
    if row is None or row.used_on is not None:
        raise WrongCode
    row.used_on = now.date()
    audit.record(session, "factor.recover", actor=person_id, about="person", id=person_id)
    tell_of_change(session, person_id, now)


def _fingerprint(session: Session, person_id: UUID, code: str) -> bytes:
    return vault.hash_code(session, f"recovery {person_id} {code}")
