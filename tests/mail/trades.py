"""A kind of message for tests: one line to one address."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.postman import Later


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **much: float) -> None:
        self.at += timedelta(**much)


@dataclass
class PlainTrade:
    """Writes to the address a test gave, unless it was stopped."""

    addresses: dict[UUID, str] = field(default_factory=dict)
    stopped: set[UUID] = field(default_factory=set)
    asked_at: list[datetime] = field(default_factory=list)
    not_before: datetime | None = None

    def may_send(self, session: Session, message: Message, now: datetime) -> bool | Later:
        self.asked_at.append(now)
        if self.not_before is not None and now < self.not_before:
            return Later(self.not_before)
        return message.about_id not in self.stopped

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        return envelope(self.addresses[message.about_id])


def envelope(to: str = "wren@members.example", **other: str) -> Envelope:
    words = {"sender": "updates@network.example", "subject": "A note for you", "body": "Hello.\n", **other}
    return Envelope(to=to, **words)
