"""The guided start: what this installation still lacks, and what to do next. It sees what the doctor sees."""

from collections.abc import Iterator
from datetime import datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.doctor.starting import missing, steps
from advocacy.doctor.trial import ask_trial
from advocacy.people.access import may
from advocacy.people.sessions import Seat
from advocacy.web.htmx import go
from advocacy.web.office.desk_waits import Thing
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


@office.get("/start")
def start() -> str:
    """Every step of the first days: done, or still to do, and how."""
    with desk().database.reading() as session:
        told = steps(session, desk().config, desk().clock())
    return render_template("office/start.html", steps=told, left=sum(not step.is_done for step in told))


@office.post("/start/mail", endpoint="start_mail")
def mail_to_oneself() -> ResponseReturnValue:
    """Send a mail to the manager's own address, by the same road as every other."""
    with desk().database.transaction() as session:
        ask_trial(session, seat().person_id, desk().clock())
    return go(url_for("office.start") + "#mail")


def beginning(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    """For the manager's desk, while anything is missing."""
    if may(reader.roles, "office.start") and (left := missing(session, desk().config, now)):
        hint = "One step is left" if left == 1 else f"{left} steps are left"
        yield Thing("What is missing, what next", hint, url_for("office.start"))
