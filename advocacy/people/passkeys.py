"""Passkeys: a device signs what we ask it to, once, after its owner unlocked it.

A passkey is two factors at once (the device, and the finger or PIN that unlocks it), so a device that did not
check its owner is refused. Each question is kept for minutes, is answered once, and serves one purpose.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import webauthn
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, options_to_json, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from advocacy import audit
from advocacy.people.models import Challenge, Passkey
from advocacy.vault import hash_key

LASTS = timedelta(minutes=5)
_NEEDED = UserVerificationRequirement.REQUIRED


class PasskeyRefused(Exception):
    """That passkey did not work here. Please try again, or sign in with a link and a code."""


class Asks(StrEnum):
    """What a device is asked for."""

    SIGN_IN = "sign_in"
    ADD = "add"
    PROVE = "prove"


@dataclass(frozen=True)
class House:
    """Whose passkeys these are: a web address, and the name a device shows."""

    address: str
    name: str

    @property
    def host(self) -> str:
        """The host a passkey is bound to: it works nowhere else, so it cannot be fished for."""
        return urlsplit(self.address).hostname or ""


def passkeys_of(session: Session, person_id: UUID) -> Sequence[Passkey]:
    """A person's passkeys, the oldest first."""
    asked = select(Passkey).where(Passkey.person_id == person_id)
    return session.scalars(asked.order_by(Passkey.added_on, Passkey.id)).all()


def ask_to_add(session: Session, house: House, person_id: UUID, *, label: str, now: datetime) -> str:
    """The question with which a device makes a passkey, as JSON for the browser."""
    options = webauthn.generate_registration_options(
        rp_id=house.host,
        rp_name=house.name,
        user_id=person_id.bytes,
        # What a device shows in its list: never a name or an address of a person.
        user_name=label,
        user_display_name=label,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_NEEDED
        ),
        exclude_credentials=_named(passkeys_of(session, person_id)),
    )
    _keep(session, options.challenge, Asks.ADD, person_id, now)
    return options_to_json(options)


def add(
    session: Session, house: House, person_id: UUID, answer: str, *, label: str, now: datetime
) -> Passkey:
    """Take a new passkey of somebody who is signed in, or raise `PasskeyRefused`."""
    try:
        told = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_spend(session, answer, Asks.ADD, person_id, now),
            expected_rp_id=house.host,
            expected_origin=house.address,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as fault:
        raise PasskeyRefused from fault
    added = Passkey(
        id=uuid4(),
        person_id=person_id,
        credential_id=told.credential_id,
        public_key=told.credential_public_key,
        counter=told.sign_count,
        label=label,
        added_on=now.date(),
    )
    session.add(added)
    audit.record(session, "factor.add", actor=person_id, about="person", id=person_id, why="passkey")
    session.flush()
    return added


def ask_to_sign(
    session: Session, house: House, purpose: Asks, *, person_id: UUID | None, now: datetime
) -> str:
    """The question that a passkey answers, as JSON; before sign-in it names nobody and no passkey."""
    allowed = _named(passkeys_of(session, person_id)) if person_id else None
    options = webauthn.generate_authentication_options(
        rp_id=house.host, allow_credentials=allowed, user_verification=_NEEDED
    )
    _keep(session, options.challenge, purpose, person_id, now)
    return options_to_json(options)


def check(
    session: Session, house: House, answer: str, purpose: Asks, *, person_id: UUID | None, now: datetime
) -> UUID:
    """Whose passkey gave this answer; raises `PasskeyRefused`. An answer is taken once."""
    try:
        challenge = _spend(session, answer, purpose, person_id, now)
        given = parse_authentication_credential_json(answer)
        known = session.scalars(
            select(Passkey).where(Passkey.credential_id == given.raw_id).with_for_update()
        ).first()
        if known is None or (person_id is not None and known.person_id != person_id):
            raise PasskeyRefused
        told = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=challenge,
            expected_rp_id=house.host,
            expected_origin=house.address,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.counter,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError) as fault:
        raise PasskeyRefused from fault
    known.counter, known.used_on = told.new_sign_count, now.date()
    session.flush()
    return known.person_id


def remove(session: Session, person_id: UUID, passkey_id: UUID) -> bool:
    """Forget one passkey of a person; False when she has no such one."""
    gone = delete(Passkey).where(Passkey.id == passkey_id, Passkey.person_id == person_id)
    return bool(session.execute(gone.returning(Passkey.id)).first())


def remove_all(session: Session, person_id: UUID) -> None:
    """Forget every passkey of a person."""
    session.execute(delete(Passkey).where(Passkey.person_id == person_id))


def forget_unanswered(session: Session, now: datetime) -> None:
    """Drop the questions nobody answered in time."""
    session.execute(delete(Challenge).where(Challenge.ends_at <= now))


def _named(known: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one.credential_id) for one in known]


def _keep(session: Session, challenge: bytes, purpose: Asks, person_id: UUID | None, now: datetime) -> None:
    forget_unanswered(session, now)
    mark = hash_key(challenge.hex())
    session.add(Challenge(challenge_hash=mark, purpose=purpose, person_id=person_id, ends_at=now + LASTS))
    session.flush()


def _spend(session: Session, answer: str, purpose: Asks, person_id: UUID | None, now: datetime) -> bytes:
    challenge = _challenge_in(answer)
    row = session.get(Challenge, hash_key(challenge.hex()), with_for_update=True, populate_existing=True)
    if row is None or row.ends_at <= now or (row.purpose, row.person_id) != (purpose, person_id):
        raise PasskeyRefused
    session.delete(row)
    session.flush()
    return challenge


def _challenge_in(answer: str) -> bytes:
    # The device signed it together with the rest, so the library finds out when it was put there by somebody.
    try:
        client = json.loads(base64url_to_bytes(json.loads(answer)["response"]["clientDataJSON"]))
        return base64url_to_bytes(client["challenge"])
    except (ValueError, KeyError, TypeError, RecursionError) as fault:
        raise PasskeyRefused from fault
