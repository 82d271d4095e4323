"""What tests of pages stand on: the application over a fresh database, a reader, and somebody to be."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.people.actions import add_person, give_term
from advocacy.people.limits import Preset
from advocacy.people.models import Language, MailMode
from advocacy.people.roles import Role
from advocacy.people.roster import RosterRow
from advocacy.wake import Bells
from advocacy.web.pages import Desk
from tests.page import Reader, Reviewed


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime
    asked: int = field(default=0)

    def __call__(self) -> datetime:
        self.asked += 1
        return self.at

    def forward(self, **much: int) -> None:
        self.at += timedelta(**much)


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture(scope="session")
def built() -> dict[Config, Flask]:
    """The applications made so far. Making one and reading its templates takes longer than most tests do."""
    return {}


@pytest.fixture
def app(config: Config, database: Database, clock: Clock, built: dict[Config, Flask]) -> Flask:
    """The application of these settings, at a desk of this test's own."""
    nowhere = Path("nowhere")
    settings = replace(
        config,
        **dict.fromkeys(("var", "keys_file", "erasures_file", "journal_file"), nowhere),
        **dict.fromkeys(("database_url", "queue_url"), "sqlite:///nowhere"),
        congress_api_url="http://nowhere",
    )
    if settings not in built:
        built[settings] = create_app(config, database, clock=clock)
    made = built[settings]
    made.extensions["advocacy"] = Desk(config, database, Bells(config.queue_url), clock)
    made.testing = True
    made.test_client_class = Reviewed
    return made


@pytest.fixture
def client(app: Flask) -> Reviewed:
    found = app.test_client()
    assert isinstance(found, Reviewed)
    return found


@pytest.fixture
def reader(client: Reviewed) -> Reader:
    return Reader(client)


Hire = Callable[..., UUID]


@pytest.fixture
def hire(database: Database, now: datetime) -> Hire:
    """Put a fictional person on the roster and give her a role."""

    def hired(*roles: Role, name: str = "Wren Sample", until: date = date(2027, 6, 30)) -> UUID:
        with database.transaction() as session:
            row = roster_row(name)
            person = add_person(session, row, by=None, now=now)
            for role in roles:
                give_term(session, person.id, role, begins_on=date(2026, 1, 1), ends_on=until, by=None)
        return person.id

    return hired


def roster_row(name: str) -> RosterRow:
    address = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())
    return RosterRow(
        line=2,
        name=name,
        email=f"{address}@members.example",
        chosen_name="",
        state="OH",
        language=Language.ENGLISH,
        mail_mode=MailMode.FULL,
        recognition_word="",
        credential="",
        affiliation="",
        limits=Preset.COUNT_ME_ONLY.limits(),
        groups=(),
    )


@pytest.fixture
def sit_down(reader: Reader, hire: Hire) -> Callable[..., UUID]:
    """Sign in as a fictional person with these roles, by the demo's one press."""

    def sat(*roles: Role, name: str = "Wren Sample") -> UUID:
        id = hire(*roles, name=name)
        reader.post(f"/demo/{id}")
        reader.get("/office/ways-in")  # the lightest page there is with a token
        return id

    return sat
