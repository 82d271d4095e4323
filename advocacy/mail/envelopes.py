"""A message in memory, on its way from the words to the wire. Never stored, never logged."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from email_validator import EmailNotValidError, validate_email

_LONGEST_LINE = 998
_ONE_ADDRESS = re.compile(r'[^\s@,;:<>()\[\]\\"]+@[^\s@,;:<>()\[\]\\"]+')


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


class CannotPost(Exception):
    """This message cannot be put on its way."""


class HostileHeader(CannotPost):
    """a line break or another control character stood where a header goes"""


class NoAddress(CannotPost):
    """it had no address mail can be sent to"""


def to_wire(envelope: Envelope, message_id: UUID, now: datetime) -> EmailMessage:
    """The message as mail servers speak it: plain text, one fixed id for each ledger row, or `CannotPost`."""
    _refuse_controls(envelope)
    sender = _address(envelope.sender)
    wire = EmailMessage(policy=SMTP)
    wire["From"], wire["To"], wire["Subject"] = sender, _address(envelope.to), envelope.subject
    wire["Date"] = format_datetime(now)
    wire["Message-ID"] = f"<{message_id.hex}@{sender.domain}>"
    if envelope.stop_url:
        wire["List-Unsubscribe"] = f"<{envelope.stop_url}>"
        wire["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    wire.set_content(envelope.body, cte="7bit" if _is_plain(envelope.body) else "quoted-printable")
    wire["Content-Language"] = envelope.language
    for attachment in envelope.attachments:
        wire.add_attachment(
            attachment.content, maintype="application", subtype="pdf", filename=attachment.file_name
        )
    return wire


def _refuse_controls(envelope: Envelope) -> None:
    names = (attachment.file_name for attachment in envelope.attachments)
    headers = (envelope.sender, envelope.to, envelope.subject, envelope.stop_url or "", envelope.language)
    for text in (*headers, *names):
        if any(unicodedata.category(character) in ("Cc", "Zl", "Zp") for character in text):
            raise HostileHeader


def _address(text: str) -> Address:
    # Either an address alone, or "Our name <address>". The standard library's parser mends what it reads: out
    # of "a@exa mple" it makes somebody else's address.
    name, _, spec = text.removesuffix(">").rpartition("<") if text.endswith(">") else ("", "", text)
    if not _ONE_ADDRESS.fullmatch(spec):
        raise NoAddress
    try:
        return Address(name.strip(' "'), addr_spec=spec if spec.isascii() else _in_ascii(spec))
    except (ValueError, MessageError, EmailNotValidError) as fault:
        raise NoAddress from fault


def _in_ascii(spec: str) -> str:
    # Servers know a domain like "bücher.example" by another spelling; few take a mailbox in such letters.
    ascii_spec = validate_email(spec, check_deliverability=False, test_environment=True).ascii_email
    if ascii_spec is None:
        raise NoAddress
    return ascii_spec


def _is_plain(body: str) -> bool:
    return body.isascii() and all(len(line) <= _LONGEST_LINE for line in body.splitlines())
