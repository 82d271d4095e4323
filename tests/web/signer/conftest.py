"""What the stories at the door stand on: a letter that is open, people who were asked, and their keys."""

from collections.abc import Callable, Mapping
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
from advocacy.signons.actions import make_link
from advocacy.signons.links import Purpose
from advocacy.signons.models import Consent, Invitation
from tests.cast import Shelf
from tests.make import Cast, ask_members, cast, invited, letter
from tests.page import Reviewed
from tests.web.signer.phone import Phone


@dataclass
class House:
    """A letter that is open for signing, everybody who was asked, and a way to their phones."""

    database: Database
    client: Reviewed
    cast: Cast
    version: LetterVersion
    now: datetime

    def key(self, person_id: UUID, purpose: Purpose = Purpose.SIGN) -> str:
        """A fresh key, as a mail would carry it."""
        return self._link(person_id, purpose)[0]

    def code(self, person_id: UUID) -> str:
        """A fresh typed code."""
        return self._link(person_id, Purpose.SIGN)[1]

    def _link(self, person_id: UUID, purpose: Purpose) -> tuple[str, str]:
        with self.database.transaction() as session:
            return make_link(session, self.invitation(person_id).id, purpose, self.now)

    def invitation(self, person_id: UUID) -> Invitation:
        with self.database.reading() as session:
            found = invited(session, self.version.letter_id, person_id)
            assert found is not None
            return found

    def phone(self, person_id: UUID) -> Phone:
        """This person's phone, with the emailed link opened."""
        return Phone(self.client, key=self.key(person_id)).open()

    def consents(self) -> list[Consent]:
        """What stands."""
        with self.database.reading() as session:
            return list(session.scalars(select(Consent).where(Consent.ended_on.is_(None))))

    def forms(self) -> dict[str, str]:
        """Audience and form of what stands."""
        return {consent.audience: consent.form for consent in self.consents()}

    def rows(self) -> Mapping[str, Any]:
        """Every row of every table, to see that nothing was written."""
        with self.database.reading() as session:
            return {
                table.name: sorted(map(repr, session.execute(select(table)).all()))
                for table in METADATA.sorted_tables
            }


Build = Callable[..., House]


@pytest.fixture
def build(shelf: Shelf, database: Database, client: Reviewed, now: datetime) -> Build:
    """Open a letter, with what a story needs, and ask everybody."""

    def built(**letter_with: Any) -> House:
        people, version = shelf.begin(database, _everybody_asked, now, **letter_with)
        return House(database, client, people, version, now)

    return built


def _everybody_asked(session: Session, now: datetime, **letter_with: Any) -> tuple[Cast, LetterVersion]:
    people = cast(session, now)
    version = letter(session, people, now=now, **letter_with)
    ask_members(session, version, people, now)
    session.expunge_all()
    return people, version


@pytest.fixture
def house(build: Build) -> House:
    return build()
