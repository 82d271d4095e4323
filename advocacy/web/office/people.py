"""The roster, for the membership group alone: who is on it, and taking in a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import CombinedMultiDict
from wtforms import BooleanField, FileField
from wtforms.validators import InputRequired

from advocacy.people import queries
from advocacy.people.actions import import_roster
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience, Form, Limits
from advocacy.people.models import Person
from advocacy.people.raising import raises_waiting
from advocacy.people.roster import COLUMNS, NEEDED, read_roster
from advocacy.people.roster_file import Fault, RosterFaults
from advocacy.web.forms import OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

_AUDIENCES = {
    Audience.RECIPIENT: "offices",
    Audience.WEB: "the web",
    Audience.PRESS: "the press",
}


@dataclass(frozen=True, repr=False)
class Entry:
    """One person as the membership group sees her."""

    id: UUID
    name: str
    chosen_name: str
    state: str
    language: str
    mail_mode: str
    time_zone: str
    may_be_shown_to: str


class RosterForm(OfficeForm):
    """A roster file, and the word that its people said so themselves."""

    file = FileField("The roster file", [InputRequired("Please choose a file.")])
    attested = BooleanField(
        "Each person in this file told us herself how far she may be shown",
        [InputRequired("Please take in only what each person said herself, and tick the box.")],
    )


@office.get("/people")
def people() -> str:
    """Everybody on the roster, and the groups."""
    with desk().database.reading() as session:
        entries = _entries(session, queries.roster(session), desk().clock())
        groups = [(group.name, queries.group_size(session, group.id)) for group in queries.groups(session)]
        to_call = len(raises_waiting(session))
    done = (request.args.get("added", type=int), request.args.get("known", type=int))
    return render_template("office/people.html", entries=entries, groups=groups, done=done, to_call=to_call)


def _entries(session: Session, known: Sequence[Person], now: datetime) -> list[Entry]:
    entries = []
    for person in known:
        names = queries.names_of(session, person)
        limits = queries.naming_limits(session, person.id, now)
        entries.append(
            Entry(
                id=person.id,
                name=names.name,
                chosen_name=names.chosen_name,
                state=names.state,
                language=person.language,
                mail_mode="none" if person.mail_stopped_on else person.mail_mode,
                time_zone=person.time_zone or "",
                may_be_shown_to=_shown_to(limits),
            )
        )
    return sorted(entries, key=lambda entry: entry.name.casefold())


def _shown_to(limits: Limits) -> str:
    shown = [words for audience, words in _AUDIENCES.items() if limits[audience] != NOTHING_BUT_COUNT]
    return ", ".join(shown) or "nobody: counted only"


@office.get("/people/roster")
def roster() -> str:
    """The page that takes in a file."""
    return _roster_page(RosterForm())


@office.post("/people/roster", endpoint="roster_import")
def take_in() -> ResponseReturnValue:
    """Take in all of a file, or nothing of it and say what is wrong on which line."""
    form = RosterForm(CombinedMultiDict((request.form, request.files)))
    if not form.validate():
        return _roster_page(form), 422
    try:
        rows = read_roster(form.file.data.read())
    except RosterFaults as faults:
        return _roster_page(form, faults.faults), 422
    with desk().database.transaction() as session:
        intake = import_roster(session, rows, by=seat().person_id, now=desk().clock())
    return go(url_for("office.people", added=intake.added, known=intake.known))


def _roster_page(form: RosterForm, faults: tuple[Fault, ...] = ()) -> str:
    further = [column for column in COLUMNS if column not in NEEDED]
    return render_template(
        "office/roster.html", form=form, faults=faults, needed=NEEDED, further=further, forms=tuple(Form)
    )
