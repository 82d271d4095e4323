"""The invitation as a mail: plain, neutral, with a key of its own."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.letters.queries import open_version
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.words import write
from advocacy.people.models import MailMode, Person
from advocacy.people.queries import names_of
from advocacy.signons.actions import make_link
from advocacy.signons.links import Purpose, spell
from advocacy.signons.models import Invitation


@dataclass(frozen=True)
class InvitationTrade:
    """Writes invitations for the postman."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Not to somebody who said stop, or no, or after the letter closed."""
        invitation = session.get(Invitation, message.about_id)
        if invitation is None or invitation.declined_on is not None:
            return False
        person = session.get_one(Person, invitation.person_id)
        return may_write_to(person) and open_version(session, invitation.letter_id, now) is not None

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key and code, and another key that can only stop mail."""
        invitation = session.get_one(Invitation, message.about_id)
        person = session.get_one(Person, invitation.person_id)
        pair = make_link(session, invitation.id, Purpose.SIGN, now)
        stop, _ = make_link(session, invitation.id, Purpose.STOP_MAIL, now)
        return with_link(session, self.config, person, "invitation", pair, stop=stop)


def may_write_to(person: Person) -> bool:
    """Whether she may be written to at all."""
    reachable = person.erased_on is None and person.mail_stopped_on is None and person.email is not None
    return reachable and person.mail_mode != MailMode.NONE


def with_link(
    session: Session, config: Config, person: Person, kind: str, pair: tuple[str, str], *, stop: str
) -> Envelope:
    """A mail with a key and a code, and a way to stop mail."""
    key, code = pair
    names = names_of(session, person)
    discreet = person.mail_mode != MailMode.FULL
    subject, body = write(
        kind,
        person.language,
        link=f"{config.signer_url}/s#{key}",
        address=f"{config.signer_url}/s",
        code=spell(code),
        word="" if discreet else names.recognition_word,
    )
    return Envelope(
        sender=config.mail_from,
        to=names.email,
        subject=subject,
        body=body,
        stop_url=f"{config.signer_url}/stop/{stop}",
        language=person.language,
    )
