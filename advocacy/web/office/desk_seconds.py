"""What on the desk takes two people, or is about the roles themselves. Never a member's name."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from advocacy.editions.actions import DELIVER
from advocacy.editions.agreements import waiting
from advocacy.editions.overriding import stopped_prints
from advocacy.letters import mending
from advocacy.letters.mending import said_typos
from advocacy.people import exporting
from advocacy.people.access import may, may_second
from advocacy.people.exporting import asked_for_roster
from advocacy.people.role_changes import ending_soon, waiting_changes
from advocacy.people.sessions import Seat
from advocacy.signons import revealing
from advocacy.signons.revealing import waiting_reveals
from advocacy.web.office.desk_waits import Thing
from advocacy.web.pages import day, desk


def seconds(session: Session, reader: Seat, now: datetime) -> tuple[Thing, ...]:
    """Every proposal of somebody else that this person may second, and what her own roles need."""
    return (
        *_deliveries(session, reader, now),
        *_typos(session, reader, now),
        *_roles(session, reader, now),
        *_names(session, reader, now),
        *_held(session, reader, now),
        *_files(session, reader, now),
        *_ends(session, reader, now),
    )


def _deliveries(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    if not may_second(reader.roles, DELIVER):
        return
    others = [one for one in waiting(session, now) if one.proposed_by != reader.person_id]
    if others:
        words = "A delivery needs" if len(others) == 1 else f"{len(others)} deliveries need"
        first = min(one.until_at for one in others)
        yield Thing(
            f"{words} a second person", "Look at exactly what goes out", url_for("office.seconding"), first
        )


def _typos(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    if not may_second(reader.roles, mending.ACT):
        return
    for said in said_typos(session, now):
        if said.act.proposed_by != reader.person_id:
            words = "Somebody says: it is only a typo. Is it?"
            yield Thing(words, said.version.title, url_for("office.seconding"), said.act.until_at)


def _roles(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    for one in waiting_changes(session, now):
        mine = reader.person_id in (one.act.proposed_by, one.change.person_id)
        if may_second(reader.roles, one.act.act) and not mine:
            hint = "Look at who would do what, until when"
            until = one.act.until_at
            yield Thing("A change of roles needs a second person", hint, url_for("office.seconding"), until)


def _ends(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    for role, ends_on in ending_soon(session, reader.person_id, desk().today(now)):
        hint = "Read the handover with whoever comes next"
        yield Thing(f"Your term as {role.label} ends on {day(ends_on)}", hint, url_for("office.handover"))


def _names(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    if not may_second(reader.roles, revealing.ACT):
        return
    for one in waiting_reveals(session, now):
        if one.act.proposed_by != reader.person_id:
            hint = "Read why, and whether it can be done without"
            until = one.act.until_at
            yield Thing("Somebody asks who is behind a line", hint, url_for("office.seconding"), until)


def _held(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    if not may(reader.roles, "office.held"):
        return
    for one in stopped_prints(session, now):
        if not one.is_agreed:
            hint = f"“{one.version.title}” waits until a custodian looks at why"
            yield Thing("A print was held back", hint, url_for("office.held"))


def _files(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    for one in asked_for_roster(session, now):
        waits = one.seconded_by is None and one.proposed_by != reader.person_id
        if waits and may_second(reader.roles, exporting.ACT):
            hint = "Read what for, and whether it can be done without"
            until = one.until_at
            yield Thing("Somebody asks for the roster as a file", hint, url_for("office.seconding"), until)
