"""A worker to be killed: sends what is due, as a process of its own.

python -m tests.mail.sender DATABASE_URL SMTP_URL HOURS_LATER
"""

import sys
from datetime import timedelta
from uuid import UUID

from advocacy.db import Database
from advocacy.mail.postman import Postman
from advocacy.mail.transport import SmtpTransport
from tests.conftest import NOW
from tests.mail.trades import Clock, PlainTrade


class _Everybody(dict[UUID, str]):
    """Each row has an address of its own, so that nobody needs to be told which."""

    def __missing__(self, about: UUID) -> str:
        return f"{about.hex}@members.example"


def main(database_url: str, smtp_url: str, hours_later: str) -> None:
    """Send everything that is due so many hours after the story began."""
    clock = Clock(NOW + timedelta(hours=int(hours_later)))
    trade = PlainTrade(addresses=_Everybody())
    Postman(Database(database_url), SmtpTransport(smtp_url), {"plain": trade}, clock).round()


if __name__ == "__main__":
    main(*sys.argv[1:])
