"""A message in memory, on its way from the words to the wire. Never stored, never logged."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID


@dataclass(frozen=True, repr=False)
class Attachment:
    """A file that travels with a letter to an office."""

    file_name: str
    content: bytes


@dataclass(frozen=True, repr=False)
class Envelope:
    """Everything a message says, and to whom."""

    sender: str
    to: str
    subject: str
    body: str
    stop_url: str | None = None
    attachments: tuple[Attachment, ...] = ()
    language: str = "en"


class HostileHeader(Exception):
    """A line break stands where a header goes, so the message was not made."""


def to_wire(envelope: Envelope, message_id: UUID, now: datetime) -> EmailMessage:
    """The message as mail servers speak it: plain text, one fixed id for each ledger row."""
    for text in (envelope.sender, envelope.to, envelope.subject):
        if any(character in text for character in "\r\n\0"):
            raise HostileHeader
    wire = EmailMessage(policy=SMTP)
    wire["From"], wire["To"], wire["Subject"] = envelope.sender, envelope.to, envelope.subject
    wire["Date"] = format_datetime(now)
    wire["Message-ID"] = f"<{message_id.hex}@{envelope.sender.rpartition('@')[2].rstrip('>')}>"
    wire["Content-Language"] = envelope.language
    if envelope.stop_url:
        wire["List-Unsubscribe"] = f"<{envelope.stop_url}>"
        wire["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    wire.set_content(envelope.body, cte="quoted-printable" if not envelope.body.isascii() else "7bit")
    for attachment in envelope.attachments:
        wire.add_attachment(
            attachment.content, maintype="application", subtype="pdf", filename=attachment.file_name
        )
    return wire
