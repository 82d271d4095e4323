"""A new link for somebody who lost hers: asked for by whoever types an address, sent to its mailbox alone.

Asking looks nobody up. It writes the same row for an address we know and for one we do not; only the worker
finds out, later, whether anybody reads mail there. So no answer, and no time it takes, can tell.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.db import hold_or_begin
from advocacy.mail.actions import queue
from advocacy.mail.queries import message_about
from advocacy.people.models import Person
from advocacy.people.queries import email_mark, may_write_to, shares_mailbox
from advocacy.people.typed_codes import make_code
from advocacy.signons.links import Purpose, make_key
from advocacy.signons.models import Link, LostLink
from advocacy.signons.owners import OWN_LASTS
from advocacy.wake import Bell, ring

OWN_LINK = "own_link"
"""The kind of the message that carries a new link."""

MOST_A_DAY = 3
_A_DAY = timedelta(days=1)


def ask_again(session: Session, email: str, now: datetime) -> None:
    """Note that whoever reads mail at this address wants a new link; more than a few a day are not sent."""
    mailbox = email_mark(session, email)
    begun = LostLink(mailbox=mailbox, asked=0, until_at=now + _A_DAY, waiting=False)
    lost = hold_or_begin(session, begun)
    if lost.until_at <= now:
        lost.asked, lost.until_at = 0, now + _A_DAY
    lost.waiting = lost.waiting or lost.asked < MOST_A_DAY
    lost.asked += 1
    session.flush()
    ring(session, Bell.MAIL)


def send_new_links(session: Session, now: datetime) -> None:
    """Turn what was asked for into messages, one for each who reads that mailbox and may be written to.

    Whoever said "stop emails" was told that none will come. As anybody can type her address, none does.
    """
    waiting = select(LostLink).where(LostLink.waiting).with_for_update(skip_locked=True)
    for lost in session.scalars(waiting.execution_options(populate_existing=True)):
        lost.waiting = False
        here = select(Person).where(Person.email_index == lost.mailbox).order_by(Person.id)
        for person in session.scalars(here):
            if may_write_to(person):
                _send(session, person.id, now)
    session.flush()


def _send(session: Session, person_id: UUID, now: datetime) -> None:
    last = message_about(session, OWN_LINK, person_id)
    queue(
        session,
        kind=OWN_LINK,
        about=person_id,
        person=person_id,
        turn=last.turn + 1 if last else 1,
        now=now,
    )


def make_own_link(session: Session, person_id: UUID, now: datetime) -> tuple[str, str]:
    """Make a key and a typed code to a person's own page, keeping only their hashes."""
    key, code = make_key(), make_code()
    session.add(
        Link(
            id=uuid4(),
            person_id=person_id,
            purpose=Purpose.OWN,
            key_hash=vault.hash_key(key),
            code_hash=vault.hash_code(session, code),
            made_at=now,
        )
    )
    session.flush()
    return key, code


def forget_links_of(session: Session, person: Person) -> None:
    """Drop every key to her own page, and whatever was asked for at her mailbox while it is hers alone."""
    session.execute(delete(Link).where(Link.person_id == person.id))
    if not shares_mailbox(session, person):
        session.execute(delete(LostLink).where(LostLink.mailbox == person.email_index))


def forget_lost(session: Session, now: datetime) -> None:
    """Drop what was asked on a day that is over, and keys to own pages that have ended."""
    session.execute(delete(LostLink).where(LostLink.until_at <= now, LostLink.waiting.is_(False)))
    session.execute(delete(Link).where(Link.purpose == Purpose.OWN, Link.made_at <= now - OWN_LASTS))
