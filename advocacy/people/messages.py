"""Mails to those who work here: the way in, one link, for an hour, once; and plain words to one person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.words import write
from advocacy.people.models import Person, SignInLink
from advocacy.people.queries import names_of, person
from advocacy.people.sign_in import make_key


@dataclass(frozen=True)
class SignInTrade:
    """Writes sign-in links for the postman."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Not after its hour, and not to somebody whose address is gone."""
        link = session.get(SignInLink, message.about_id)
        if link is None or link.used_at is not None or link.ends_at <= now:
            return False
        known = person(session, link.person_id)
        return known is not None and known.email is not None

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key, which stands after the # and so in no log."""
        link = session.get_one(SignInLink, message.about_id)
        known = session.get_one(Person, link.person_id)
        key = make_key(session, link.id)
        subject, body = write("sign_in", "en", link=f"{self.config.base_url}/office/enter#{key}", key=key)
        return Envelope(
            sender=self.config.mail_from,
            to=names_of(session, known).email,
            subject=subject,
            body=body,
            language=known.language,
        )


@dataclass(frozen=True)
class PlainTrade:
    """Writes the words of one kind to the person a message is about, for the postman."""

    config: Config
    words: str

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Not to somebody whose address is gone. Who stopped her mail gets it too: it is her own door."""
        known = person(session, message.about_id)
        return known is not None and known.email is not None

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """A few neutral words, and whom to call."""
        known = session.get_one(Person, message.about_id)
        subject, body = write(self.words, "en", call_us=self.config.call_us)
        return Envelope(
            sender=self.config.mail_from,
            to=names_of(session, known).email,
            subject=subject,
            body=body,
            language=known.language,
        )
