"""A receipt by mail, only for whoever asked: days and a number, no line, no title, nobody's name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.mail.actions import queue
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.words import write
from advocacy.people.models import MailMode, Person
from advocacy.people.queries import may_write_to, names_of, shares_mailbox
from advocacy.signons.models import Invitation, SignOn, SignOnEvent
from advocacy.signons.receipts import receipt_of
from advocacy.signons.visits import Visit, sign_on_of, visit_of

RECEIPT = "receipt"
"""The kind of the message that carries a receipt."""


class NotByMail(Exception):
    """Your mail is not safe enough for that. You can see it here, or call us."""


def may_be_mailed(session: Session, person_id: UUID) -> bool:
    """Whether a receipt may go by mail: only to a mailbox that is hers alone and safe."""
    person = session.get_one(Person, person_id)
    return may_write_to(person) and person.mail_mode == MailMode.FULL and not shares_mailbox(session, person)


def ask_receipt(session: Session, visit: Visit, now: datetime) -> None:
    """Have her receipt sent; asked twice before anything changed, it is sent once. Raises `NotByMail`."""
    sign_on = sign_on_of(session, visit)
    if sign_on is None or not may_be_mailed(session, visit.person_id):
        raise NotByMail
    queue(
        session,
        kind=RECEIPT,
        about=sign_on.id,
        person=visit.person_id,
        turn=_changes(session, sign_on.id),
        now=now,
    )


def _changes(session: Session, sign_on_id: UUID) -> int:
    asked = select(func.count()).select_from(SignOnEvent).where(SignOnEvent.sign_on_id == sign_on_id)
    return session.scalar(asked) or 1


@dataclass(frozen=True)
class ReceiptTrade:
    """Writes receipts for the postman."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Only while her mailbox is still safe, and her history not erased."""
        sign_on = session.get(SignOn, message.about_id)
        return sign_on is not None and may_be_mailed(session, sign_on.person_id)

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """What stands now, by days; where to see the rest is said, and no key is in it."""
        sign_on = session.get_one(SignOn, message.about_id)
        person = session.get_one(Person, sign_on.person_id)
        asked = select(Invitation).where(
            Invitation.letter_id == sign_on.letter_id, Invitation.person_id == person.id
        )
        visit = visit_of(session.scalars(asked).one(), person)
        receipt = receipt_of(session, visit, now)
        subject, body = write(
            RECEIPT,
            person.language,
            number=str(sign_on.id),
            uses=receipt.uses if receipt else (),
            address=f"{self.config.signer_url}/s/lost",
        )
        return Envelope(
            sender=self.config.mail_from,
            to=names_of(session, person).email,
            subject=subject,
            body=body,
            language=person.language,
        )
