"""The postman: claims one message, has it written, speaks SMTP, and writes down how it went.

He may be killed at any line. Before the claim nothing happened; after it the row is found and listed.
The words, and the keys in them, rest nowhere but in the message itself.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.logs import Event, tell
from advocacy.mail import actions
from advocacy.mail.envelopes import CannotPost, Envelope, to_wire
from advocacy.mail.models import Message, MessageStage
from advocacy.mail.queries import due, locked
from advocacy.mail.transport import MaybeSent, NotYet, Refused, Transport, Unreachable

_TOLD: Mapping[Callable[[Session, UUID, datetime, str], None], Event] = {
    actions.put_back: Event.MAIL_WAITS,
    actions.mark_failed: Event.MAIL_FAILED,
    actions.mark_uncertain: Event.MAIL_UNCERTAIN,
}


@dataclass(frozen=True)
class Later:
    """Right to send, but not before a moment."""

    at: datetime


class Trade(Protocol):
    """How one kind of message is written. Given to the postman from the rooms above."""

    def may_send(self, session: Session, message: Message, now: datetime) -> bool | Later:
        """Whether it is still right to send this, or only later: asked again at the last moment."""

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """Write the message, storing only the hashes of the keys it carries."""


@dataclass(frozen=True)
class Postman:
    """Sends what the ledger says, one message at a time; before each round, `errands` may add to it."""

    database: Database
    transport: Transport
    trades: Mapping[str, Trade]
    clock: Callable[[], datetime]
    errands: Sequence[Callable[[Session, datetime], None]] = ()

    def round(self, enough: Callable[[], bool] = bool) -> int:
        """Send what is due until `enough` says so; the number of messages dealt with."""
        with self.database.transaction() as session:
            actions.end_lost_claims(session, self.clock())
            for errand in self.errands:
                errand(session, self.clock())
        done = 0
        while not enough() and self.send_one():
            done += 1
        return done

    def send_one(self) -> bool:
        """Deal with one message; False when nothing is due, or when the server takes nothing now."""
        with self.database.transaction() as session:
            message = due(session, self.clock())
            if message is None:
                return False
            actions.claim(message, self.clock())
            message_id = message.id
        envelope = self._write_out(message_id)
        return envelope is None or self._deliver(message_id, envelope)

    def _write_out(self, message_id: UUID) -> Envelope | None:
        try:
            with self.database.transaction() as session:
                return self._compose(session, locked(session, message_id))
        except OperationalError as fault:
            self._write(actions.put_back, message_id, f"it was not written yet: {type(fault).__name__}")
        except Exception as fault:  # noqa: BLE001
            # Whatever is wrong with one message, the others must not wait behind it for ever.
            self._write(actions.mark_failed, message_id, f"it could not be written: {type(fault).__name__}")
        return None

    def _compose(self, session: Session, message: Message) -> Envelope | None:
        now = self.clock()
        if message.stage is not MessageStage.SENDING:
            return None
        trade = self.trades.get(message.kind)
        may_send = trade is not None and trade.may_send(session, message, now)
        if isinstance(may_send, Later):
            actions.wait(message, may_send.at, now)
            return None
        if trade is None or not may_send:
            actions.drop(message, now, "no longer to be sent")
            return None
        return trade.compose(session, message, now)

    def _deliver(self, message_id: UUID, envelope: Envelope) -> bool:
        try:
            self.transport.send(to_wire(envelope, message_id, self.clock()))
        except NotYet as fault:
            self._write(actions.put_back, message_id, str(fault))
            return not isinstance(fault, Unreachable)
        except Refused as fault:
            self._write(actions.mark_failed, message_id, str(fault))
        except CannotPost as fault:
            self._write(actions.mark_failed, message_id, str(type(fault).__doc__))
        except MaybeSent as fault:
            self._write(actions.mark_uncertain, message_id, str(fault))
        else:
            with self.database.transaction() as session:
                actions.mark_sent(session, message_id, self.clock())
        return True

    def _write(
        self, mark: Callable[[Session, UUID, datetime, str], None], message_id: UUID, fault: str
    ) -> None:
        # Why stands in the row; a mail server's words hold addresses.
        tell(_TOLD[mark], level=logging.WARNING, id=str(message_id))
        with self.database.transaction() as session:
            mark(session, message_id, self.clock(), fault)
