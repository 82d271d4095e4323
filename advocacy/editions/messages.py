"""Mails that carry paper, from the office's own sender: to offices, and to organisations that signed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.config import Config
from advocacy.editions.models import Delivery, Edition
from advocacy.editions.organisation_copies import lines_now, newest_copy_for
from advocacy.editions.queries import is_void, pdf_of
from advocacy.letters.models import Letter, LetterKind, LetterVersion, Recipient
from advocacy.mail.envelopes import Attachment, Envelope
from advocacy.mail.models import Message
from advocacy.mail.words import write
from advocacy.organisations.life import Stage, stage_of
from advocacy.organisations.models import OrganisationAsk, OrganisationSignOn
from advocacy.organisations.queries import unsealed


class FileGone(Exception):
    """The file of this edition was destroyed, so nothing was sent."""


@dataclass(frozen=True)
class DeliveryTrade:
    """Writes the mails that carry editions, for the postman."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Only while everybody in the file still agrees: asked under the lock that also counts it as left."""
        delivery = session.get(Delivery, message.about_id)
        if delivery is None or session.get(Recipient, delivery.recipient_id) is None:
            return False
        frozen = session.get_one(Edition, delivery.edition_id)
        session.get(Letter, frozen.letter_id, with_for_update=True)
        return not is_void(session, frozen, now)

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """A cover mail with the very bytes that were frozen."""
        delivery = session.get_one(Delivery, message.about_id)
        frozen = session.get_one(Edition, delivery.edition_id)
        recipient = session.get_one(Recipient, delivery.recipient_id)
        letter = session.get_one(Letter, frozen.letter_id)
        version = session.get_one(LetterVersion, frozen.version_id)
        data = pdf_of(session, frozen)
        if data is None:
            raise FileGone
        what = "testimony" if letter.kind == LetterKind.TESTIMONY else "letter"
        subject, body = write(
            "delivery",
            "en",
            subject=version.title,
            salutation=recipient.salutation or "Dear Chair and Ranking Member:",
            opening=f"Attached is our {what}: {version.title}.",
            network_name=self.config.network_name,
            contact=self.config.office_mail_from,
        )
        return Envelope(
            sender=self.config.office_mail_from,
            to=delivery.address,
            subject=subject,
            body=body,
            attachments=(Attachment(frozen.file_name, data),),
        )


@dataclass(frozen=True)
class FinalCopyTrade:
    """Sends an organisation its final copy: the text and the organisations under it, and no person."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Only while the organisation stands, and so does every other one in the copy."""
        signed = session.get(OrganisationSignOn, message.about_id)
        found = newest_copy_for(session, message.about_id)
        if signed is None or signed.ask_id is None or found is None:
            return False
        frozen, copy = found
        return stage_of(signed) is Stage.STANDS and copy.lines == lines_now(session, frozen)

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """A short mail with the file."""
        signed = session.get_one(OrganisationSignOn, message.about_id)
        ask = session.get_one(OrganisationAsk, signed.ask_id)
        found = newest_copy_for(session, signed.id)
        if found is None or found[1].pdf is None:
            raise FileGone
        frozen, copy = found
        subject, body = write(
            "organisation_copy",
            ask.language,
            organisation=ask.public_name,
            title=session.get_one(LetterVersion, frozen.version_id).title,
            network_name=self.config.network_name,
            office=self.config.office_mail_from,
        )
        pdf = vault.unseal_bytes(session, copy.id, "organisation_copy", "pdf", copy.id, copy.pdf or b"")
        return Envelope(
            sender=self.config.office_mail_from,
            to=unsealed(session, signed, "email"),
            subject=subject,
            body=body,
            attachments=(Attachment(frozen.file_name, pdf),),
            language=ask.language,
        )
