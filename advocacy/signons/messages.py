"""What goes out to members: plain, neutral mails, each with a key of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.letters.queries import open_version
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.postman import Later
from advocacy.mail.words import write
from advocacy.people.models import MailMode, Person
from advocacy.people.queries import may_write_to, names_of
from advocacy.people.typed_codes import spell
from advocacy.signons.actions import make_link
from advocacy.signons.asking import ASKS, TIME_TO_ANSWER, first_left_at, free_to_ask_at, has_answered
from advocacy.signons.links import Purpose
from advocacy.signons.lost import make_own_link
from advocacy.signons.models import Invitation
from advocacy.signons.visits import told_apart_by_word

_SHORT = 3


@dataclass(frozen=True)
class InvitationTrade:
    """Writes invitations for the postman."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool | Later:
        """Not after stop, no, or the close of the letter; later, when she was asked enough."""
        invitation = session.get(Invitation, message.about_id)
        if invitation is None or invitation.declined_on is not None:
            return False
        if not _is_reachable(session, invitation, now):
            return False
        # What she left word for herself is no question too many.
        at = free_to_ask_at(session, message, self.config.ask_budget, now) if message.kind == ASKS else now
        return Later(at) if at > now else True

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key and code, and another key that can only stop mail."""
        return _note(session, self.config, "invitation", message, now)


@dataclass(frozen=True)
class ReminderTrade:
    """Writes the one reminder a person may get about one letter."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool | Later:
        """Not once she has answered in any way, and only to a mailbox that is hers alone."""
        invitation = session.get(Invitation, message.about_id)
        if invitation is None or has_answered(session, invitation):
            return False
        person = session.get_one(Person, invitation.person_id)
        if person.mail_mode != MailMode.FULL or not _is_reachable(session, invitation, now):
            return False
        first = first_left_at(session, invitation.id)
        at = first + TIME_TO_ANSWER if first else now
        return Later(at) if at > now else True

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """As the invitation, with fresh keys; the earlier ones live on."""
        return _note(session, self.config, "reminder", message, now)


def _is_reachable(session: Session, invitation: Invitation, now: datetime) -> bool:
    person = session.get_one(Person, invitation.person_id)
    return may_write_to(person) and open_version(session, invitation.letter_id, now) is not None


def _note(session: Session, config: Config, words: str, message: Message, now: datetime) -> Envelope:
    invitation = session.get_one(Invitation, message.about_id)
    person = session.get_one(Person, invitation.person_id)
    pair = make_link(session, invitation.id, Purpose.SIGN, now)
    stop, _ = make_link(session, invitation.id, Purpose.STOP_MAIL, now)
    return with_link(session, config, person, words, pair, stop=stop)


@dataclass(frozen=True)
class OwnLinkTrade:
    """Writes the new link somebody asked for: it opens her own page, for a day."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Only where she may be written to: whoever typed her address need not be her."""
        person = session.get(Person, message.about_id)
        return person is not None and may_write_to(person)

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key and code. She asked for it, so it offers no way to unsubscribe."""
        person = session.get_one(Person, message.about_id)
        return with_link(session, self.config, person, "own_link", make_own_link(session, person.id, now))


def with_link(
    session: Session,
    config: Config,
    person: Person,
    kind: str,
    pair: tuple[str, str],
    *,
    stop: str = "",
    **further: object,
) -> Envelope:
    """A mail with a key and a code. In every mode but the full one, all of them have the same few words."""
    key, code = pair
    names = names_of(session, person)
    shared = told_apart_by_word(session, person)
    word = names.recognition_word
    subject, body = write(
        kind if person.mail_mode == MailMode.FULL else "discreet",
        person.language,
        link=f"{config.signer_url}/s#{key}",
        address=f"{config.signer_url}/s",
        place=f"{config.signer_url}/s".partition("://")[2],
        code=spell(code),
        # The others who read this mailbox would read the word too, and the door asks her for it.
        word="" if shared else word,
        # Of a short word the first letter would tell too much.
        hint=word[:1].upper() if shared and len(word) > _SHORT else "",
        **further,
    )
    return Envelope(
        sender=config.mail_from,
        to=names.email,
        subject=subject,
        body=body,
        stop_url=f"{config.signer_url}/stop/{stop}" if stop else None,
        language=person.language,
    )
