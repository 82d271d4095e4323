"""Somebody who has set up an app, and signs in with it as she would anywhere but in the demo."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import pyotp

from advocacy.db import Database
from advocacy.people import authenticators, sign_in
from tests.page import Reader
from tests.web.conftest import Clock


@dataclass(frozen=True)
class Enrolled:
    """A person, and what her app would show."""

    id: UUID
    app: pyotp.TOTP
    database: Database
    clock: Clock

    def code(self) -> str:
        """The six digits of this half minute."""
        return str(self.app.at(self.clock.at))

    def link(self) -> str:
        """The key of a fresh link."""
        with self.database.transaction() as session:
            return sign_in.make_key(session, sign_in.new_link(session, self.id, now=self.clock.at).id)

    def sign_in(self, reader: Reader) -> None:
        """Come in by link and code."""
        reader.post("/office/enter", {"key": (key := self.link()), "mine": "y"}, 200)
        reader.post("/office/enter/code", {"key": key, "code": self.code()})
        reader.get("/office/")


def enrol(database: Database, clock: Clock, person: UUID) -> Enrolled:
    """Set up an app for her, some time ago."""
    with database.transaction() as session:
        app = pyotp.TOTP(authenticators.begin(session, person, today=clock.at.date()))
        before: datetime = clock.at - timedelta(hours=1)
        authenticators.confirm(session, person, app.at(before), now=before)
    return Enrolled(person, app, database, clock)
