"""The way into the office by mail: a link that works once, and the code that goes with it.

Whoever set nothing up yet comes in to set something up and for nothing else. Only hashes of keys are stored.
"""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.mail.actions import queue
from advocacy.people.authenticators import WrongCode, has_app, spend
from advocacy.people.models import SignInLink
from advocacy.people.passkeys import passkeys_of
from advocacy.people.queries import people_at, person, roles_on
from advocacy.people.sessions import Way, sit
from advocacy.vault import hash_key

LINK_LASTS = timedelta(hours=1)
MOST_LINKS = 5
MOST_WRONG = 5


class LinkSpent(Exception):
    """This link has been used, or its hour is over. Please ask for a new one."""


class CodeWanted(Exception):
    """The link is right, and a code from this person's app has to go with it."""


def ask(session: Session, email: str, *, now: datetime, today: date) -> None:
    """Send a link to everybody at this address with a role today; nobody can tell whether that was anyone."""
    for known in people_at(session, email):
        if roles_on(session, known.id, today) and _links_lately(session, known.id, now) < MOST_LINKS:
            link = new_link(session, known.id, now=now)
            queue(session, kind="sign_in", about=link.id, person=known.id, now=now)


def _links_lately(session: Session, person_id: UUID, now: datetime) -> int:
    asked = select(func.count()).select_from(SignInLink).where(SignInLink.person_id == person_id)
    return session.scalar(asked.where(SignInLink.asked_at > now - LINK_LASTS)) or 0


def new_link(session: Session, person_id: UUID, *, now: datetime) -> SignInLink:
    """A way in for one person, still without its key."""
    link = SignInLink(id=uuid4(), person_id=person_id, asked_at=now, ends_at=now + LINK_LASTS)
    session.add(link)
    session.flush()
    return link


def make_key(session: Session, link_id: UUID) -> str:
    """The key that goes into the email; asked again, the earlier key no longer opens."""
    key = secrets.token_urlsafe(32)
    session.get_one(SignInLink, link_id).key_hash = hash_key(key)
    session.flush()
    return key


def is_enrolled(session: Session, person_id: UUID) -> bool:
    """Whether a person has a second way to show who she is."""
    return has_app(session, person_id) or bool(passkeys_of(session, person_id))


def enter(session: Session, key: str, *, now: datetime, today: date) -> str:
    """Spend the link of somebody who has nothing set up yet: a session in which she can do only that.

    Raises `LinkSpent`, or `CodeWanted` where a code has to go with the link; then nothing is spent.
    """
    link = _link(session, key, now=now, today=today)
    if is_enrolled(session, link.person_id):
        raise CodeWanted
    link.used_at = now
    return sit(session, link.person_id, way=Way.ENROLLING, now=now)


def enter_with_code(session: Session, key: str, code: str, *, now: datetime, today: date) -> str | None:
    """Spend a link with its code and open a session; its key is for the cookie alone.

    None when the code is wrong, which is counted: after five the link is spent. Raises `LinkSpent`.
    """
    link = _link(session, key, now=now, today=today)
    try:
        spend(session, link.person_id, code, now=now)
    except WrongCode:
        link.wrong_codes += 1
        audit.record(session, "office.wrong_code", actor=None, about="person", id=link.person_id)
        return None
    link.used_at = now
    return sit(session, link.person_id, way=Way.LINK, now=now)


def person_of(session: Session, key: str, *, now: datetime, today: date) -> UUID:
    """Whose link this is, while it works; raises `LinkSpent`."""
    return _link(session, key, now=now, today=today).person_id


def _link(session: Session, key: str, *, now: datetime, today: date) -> SignInLink:
    asked = select(SignInLink).where(SignInLink.key_hash == hash_key(key)).with_for_update()
    link = session.scalars(asked.execution_options(populate_existing=True)).first()
    if link is None or link.used_at is not None or link.ends_at <= now or link.wrong_codes >= MOST_WRONG:
        raise LinkSpent
    if person(session, link.person_id) is None or not roles_on(session, link.person_id, today):
        raise LinkSpent
    return link
