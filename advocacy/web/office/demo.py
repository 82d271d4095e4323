"""Only in the demo: become one of the fictional people, and read the mail that would have left."""

import mailbox
import re
from dataclasses import dataclass
from email import message_from_binary_file, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, cast
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from advocacy.people.queries import holders, names_of, person, roles_on
from advocacy.people.roles import Role
from advocacy.people.sessions import Way, sit
from advocacy.web.office.entrance import welcome
from advocacy.web.pages import desk

demo = Blueprint("demo", __name__)

_ADDRESS = re.compile(r"(https?://[^\s<>]+)")
_MOST = 200


@dataclass(frozen=True)
class Player:
    """A fictional person with a role."""

    id: UUID
    name: str
    roles: str


@dataclass(frozen=True)
class Letterbox:
    """One mail as a page shows it: its text in pieces, every second one an address."""

    id: str
    to: str
    sender: str
    subject: str
    sent: str
    pieces: tuple[str, ...]
    attached: tuple[str, ...]


@demo.get("/demo")
def who() -> str:
    """Who would you like to be?"""
    return render_template("office/demo.html", players=players())


def players() -> list[Player]:
    """Everybody in the demo who holds a role today, those who lead the work first."""
    now = desk().clock()
    today = desk().today(now)
    with desk().database.reading() as session:
        found = [known for id in holders(session, list(Role), today) if (known := person(session, id))]
        listed = [
            Player(
                known.id,
                names_of(session, known).name,
                ", ".join(sorted(role.label for role in roles_on(session, known.id, today))),
            )
            for known in found
        ]
    lead = Role.PWG_COFACILITATOR.label
    return sorted(listed, key=lambda player: (lead not in player.roles, player.roles, player.name))


@demo.post("/demo/<uuid:person_id>")
def become(person_id: UUID) -> ResponseReturnValue:
    """Sit down as one of them."""
    now = desk().clock()
    with desk().database.transaction() as session:
        if not roles_on(session, person_id, desk().today(now)):
            abort(404)
        key = sit(session, person_id, way=Way.DEMO, now=now)
    return welcome(key)


@demo.get("/inbox")
def inbox() -> str:
    """Every mail that would have left, the newest first."""
    return render_template("office/inbox.html", letters=read_box(desk().config.var / "mail")[:_MOST])


def read_box(folder: Path) -> list[Letterbox]:
    """The mails in a Maildir, the newest first."""
    if not folder.is_dir():
        return []
    box = mailbox.Maildir(folder, factory=_parse, create=False)  # type: ignore[arg-type]
    mails = [(name, cast(EmailMessage, cast(object, box[name]))) for name in box.keys()]  # noqa: SIM118 -- not a dict
    mails.sort(key=lambda pair: (parsedate_to_datetime(pair[1]["Date"]), pair[0]), reverse=True)
    return [_opened(name, mail) for name, mail in mails]


def _parse(file: IO[bytes]) -> EmailMessage:
    return message_from_binary_file(file, policy=policy.default)


def _opened(name: str, mail: EmailMessage) -> Letterbox:
    body = mail.get_body(("plain",))
    text = body.get_content() if body is not None else ""
    return Letterbox(
        id=sha256(name.encode()).hexdigest()[:12],
        to=str(mail["To"]),
        sender=str(mail["From"]),
        subject=str(mail["Subject"]),
        sent=f"{parsedate_to_datetime(mail['Date']):%d %B %Y, %H:%M UTC}",
        pieces=tuple(_ADDRESS.split(text)),
        attached=tuple(part.get_filename() or "a file" for part in mail.iter_attachments()),
    )
