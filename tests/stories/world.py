"""The whole path walked once: asked, signed, printed, delivered. Everything that can be reached is there."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import message_from_bytes, policy
from mailbox import Maildir
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.demo.cast import SIGNERS
from advocacy.demo.loading import sign_as
from advocacy.demo.scene import (
    HANDS,
    Scene,
    decide,
    invite_members,
    open_letter,
    record_organisations,
    set_scene,
)
from advocacy.demo.scene import ask_witness as ask_wren
from advocacy.editions.models import Way
from advocacy.migrations.tables import METADATA
from advocacy.people.actions import add_person, give_term
from advocacy.people.roles import Role
from advocacy.people.sessions import Way as Entry
from advocacy.people.sessions import sit
from advocacy.people.sign_in import ask
from advocacy.worker import postman
from tests import make
from tests.page import Reviewed
from tests.web.conftest import roster_row

_LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True)
class World:
    """The whole path has been walked once: everything that can be reached is there."""

    config: Config
    database: Database
    scene: Scene
    edition: str
    now: datetime

    def app(self, **settings: object) -> Flask:
        """The application, its clock standing still."""
        made = create_app(replace(self.config, **settings), self.database, clock=lambda: self.now)  # type: ignore[arg-type]
        made.testing, made.test_client_class = True, Reviewed
        return made

    def plain_app(self) -> Flask:
        """The same, for walks so long that nobody can look at each page: other tests do."""
        made = self.app()
        made.test_client_class = FlaskClient
        return made

    def client(self, **settings: object) -> FlaskClient:
        """A stranger who reads pages."""
        return self.app(**settings).test_client()

    def seat(self, client: FlaskClient, person_id: UUID) -> str:
        """Have somebody sit at a desk; her session's key."""
        with self.database.transaction() as session:
            key = sit(session, person_id, way=Entry.LINK, now=self.now)
        client.set_cookie("office", key)
        return key

    def stored(self) -> dict[str, list[str]]:
        """For each name of an address that is an id, one that is stored; and what else addresses hold."""
        with self.database.reading() as session:
            ids = {
                f"{table.name}_id": [str(id) for id in session.scalars(select(table.c.id).limit(1))]
                for table in METADATA.sorted_tables
                if "id" in table.c
            }
        return ids | {"n": ["1"], "language": ["en", "es"], "rest": ["x", "check", "stop-mail"]}

    def links(self) -> list[str]:
        """Every address in every mail that left, those in its head too."""
        box = Maildir(self.config.var / "mail", create=False)
        found: list[str] = []
        for name in sorted(box.keys()):
            mail = message_from_bytes(box.get_bytes(name), policy=policy.default)
            body = mail.get_body(("plain",))
            words = [str(value) for value in mail.values()]
            found += _LINK.findall(" ".join([*words, body.get_content() if body else ""]))
        return found


def walked(config: Config, database: Database, now: datetime) -> World:
    """Asked, signed, printed, delivered; two members wait, and somebody in the office asked for a link."""
    with database.transaction() as session:
        begun = set_scene(session, now)
        decide(session, begun, now)
        version = open_letter(session, begun.letter_id, begun, now)
        open_letter(session, begun.testimony_id, begun, now)
        record_organisations(session, version.id, begun, now)
        invite_members(session, begun, now)
        ask_wren(session, begun, now)
        ask(session, "amara@example.test", now=now, today=now.date())
    postman(config, database, lambda: now).round()
    with database.transaction() as session:
        for part in SIGNERS[:4]:
            sign_as(session, part, begun.letter_id, now)
    hands = {name: begun.hands[name] for name in ("amara", "jo", "sam", "lee")}
    nobody = dict.fromkeys(("dee", "river", "wren", "nguyen", "ana"), hands["amara"])
    cast = make.Cast(**hands, **nobody)
    edition = make.edition_of(make.printed(database, version, cast, now))
    with database.transaction() as session:
        first, second = make.recipients(session, begun.letter_id)[:2]
        make.hand_over(session, edition, first.id, cast, now, Way.EMAIL)
        make.propose_delivery(session, edition, second.id, Way.POST, by=cast.amara, now=now)
    postman(config, database, lambda: now).round()
    return World(config, database, begun, str(edition), now)


def everybody(world: World) -> dict[Role, UUID]:
    """One person of each role and of no other; those whom the story does not need join for the test."""
    hands = {role: world.scene.hands[name] for name, role in HANDS.items()}
    return hands | {role: newcomer(world, role) for role in Role if role not in hands}


def newcomer(world: World, role: Role, until: date = date(2027, 6, 30)) -> UUID:
    """Somebody fictional whose term in one role ends on a day."""
    with world.database.transaction() as session:
        person = add_person(session, roster_row(f"Kit {role.name.title()}"), by=None, now=world.now)
        give_term(session, person.id, role, begins_on=date(2026, 1, 1), ends_on=until, by=None)
    return person.id
