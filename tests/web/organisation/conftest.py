"""An organisation's people at their door: whoever may sign for it, a contact, and a reader."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.migrations.tables import METADATA
from advocacy.organisations.asking import Described, ask_organisation
from advocacy.organisations.links import Purpose, make_link
from advocacy.organisations.models import OrganisationSignOn
from tests.make import Cast
from tests.page import Reviewed
from tests.web.conftest import Clock
from tests.web.signer.phone import Phone

NAME = "Sample Valley Housing Collective"
LINE = f"{NAME} (CA)"
ADDRESS = "val@samplevalley.example"
YES = {
    "public_name": NAME,
    "level": "state",
    "state": "CA",
    "authoriser": "Val Placeholder",
    "title": "director",
    "approval": "all",
}


@dataclass
class Desk:
    """A letter, an organisation that was asked about it, and fresh keys to it."""

    database: Database
    client: Reviewed
    letter: LetterVersion
    clock: Clock
    ask_id: UUID

    def key(self, purpose: Purpose = Purpose.ANSWER) -> str:
        with self.database.transaction() as session:
            return make_link(session, self.ask_id, purpose, self.clock())

    def come(self, purpose: Purpose = Purpose.ANSWER) -> Phone:
        """Somebody opens the link in a mail, and presses the button."""
        phone = Phone(self.client, key=self.key(purpose))
        phone.see(self.client.get("/o"))
        return phone.see(self.client.post("/o", data={"key": phone.key}))

    def signed(self) -> list[OrganisationSignOn]:
        with self.database.reading() as session:
            return list(session.scalars(select(OrganisationSignOn)))

    def rows(self) -> dict[str, Any]:
        with self.database.reading() as session:
            return {
                table.name: sorted(map(repr, session.execute(select(table)).all()))
                for table in METADATA.sorted_tables
            }


def sign(phone: Phone, **changed: str) -> Phone:
    """The authoriser fills in the form, looks at the line, ticks that she is authorised, and signs."""
    sent = {**YES, **changed}
    fill(phone, sent)
    return phone.press("Sign for the organisation", authorised="yes")


def fill(phone: Phone, sent: dict[str, str], status: int = 200) -> Phone:
    form = phone.button("Show how it will be printed").find_parent("form")
    assert form is not None
    return phone.see(phone.client.post("/o/look", data={**phone.fields(form), **sent}), status)


@pytest.fixture
def desk(database: Database, client: Reviewed, letter: LetterVersion, cast: Cast, clock: Clock) -> Desk:
    with database.transaction() as session:
        ask_id = asked(session, letter, cast, clock()).id
    return Desk(database, client, letter, clock, ask_id)


def asked(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Any:
    return ask_organisation(
        session,
        letter.letter_id,
        Described(NAME),
        email=ADDRESS,
        may_sign=True,
        language="en",
        by=cast.amara,
        now=now,
    )


Fill = Callable[..., Phone]
