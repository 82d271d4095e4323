"""The mails that left, as their readers meet them: the postman goes round, and a box is opened."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from mailbox import Maildir

from advocacy.config import Config
from advocacy.db import Database
from advocacy.worker import postman


@dataclass(frozen=True)
class Mail:
    """One message that left."""

    to: str
    subject: str
    body: str
    headers: str

    @property
    def key(self) -> str:
        """The key in its link."""
        return re.findall(r"/s#([\w-]+)", self.body)[0]

    @property
    def code(self) -> str:
        """The code to type."""
        return re.findall(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", self.body)[0]

    @property
    def bare(self) -> str:
        """Its words without the key and the code, which no two messages share."""
        return self.body.replace(self.key, "KEY").replace(self.code, "CODE")


def post(config: Config, database: Database, now: datetime) -> list[Mail]:
    """Have the postman go round once; every message that has left so far, each box in order."""
    postman(config, database, lambda: now).round()
    folder = config.var / "mail"
    if not folder.exists():
        return []
    box = Maildir(folder, create=False)
    return sorted((_read(data.as_bytes()) for data in box), key=lambda mail: (mail.to, mail.subject))


def _read(data: bytes) -> Mail:
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(("plain",))
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    return Mail(str(message["To"]), str(message["Subject"]), body.get_content() if body else "", headers)
