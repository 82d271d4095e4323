"""What tests of mail stand on: real servers on loopback, a clock to be moved, and plain letters to send."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID, uuid4

import pytest

from advocacy.db import Database
from advocacy.mail.actions import queue
from advocacy.mail.models import Message
from advocacy.mail.postman import Postman
from advocacy.mail.transport import SmtpTransport
from tests.mail.servers import Inbox, Scripted
from tests.mail.trades import Clock, PlainTrade


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """A mail server that keeps what it gets, and answers as it is told."""
    with Inbox() as open_inbox:
        yield open_inbox


@pytest.fixture
def scripted() -> Iterator[Callable[..., str]]:
    """A server that answers each command as a script says; its address."""
    open_servers: list[Scripted] = []

    def start(**answers: str | None) -> str:
        server = Scripted({command.upper(): answer for command, answer in answers.items()})
        open_servers.append(server)
        return server.url

    yield start
    for server in open_servers:
        server.close()


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def trade() -> PlainTrade:
    return PlainTrade()


@pytest.fixture
def postman(database: Database, trade: PlainTrade, clock: Clock) -> Callable[[str], Postman]:
    """A postman for the server at an address."""

    def hired(url: str) -> Postman:
        return Postman(database, SmtpTransport(url, seconds=2, patience=2), {"plain": trade}, clock)

    return hired


@pytest.fixture
def ask(database: Database, trade: PlainTrade, now: datetime) -> Callable[..., UUID]:
    """Queue one message to an address; the id of its row."""

    def asked(address: str = "wren@members.example", **how: datetime) -> UUID:
        about = uuid4()
        trade.addresses[about] = address
        with database.transaction() as session:
            return queue(session, kind="plain", about=about, now=now, **how).id

    return asked


@pytest.fixture
def row(database: Database) -> Callable[[UUID], Message]:
    """A ledger row as it stands now."""

    def read(id: UUID) -> Message:
        with database.reading() as session:
            return session.get_one(Message, id)

    return read
