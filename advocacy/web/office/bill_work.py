"""What we say of a bill, on its page and changed there: who looks after it, its tags, private notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import ValidationError

from advocacy.bills.desk import work
from advocacy.bills.desk.work import Priority, TooManyTags, Work
from advocacy.bills.lineage.queries import forebears
from advocacy.people.access import POLICY
from advocacy.people.queries import holders, names_of, person
from advocacy.web.errors import NotYours, or_nothing, sentence_of
from advocacy.web.forms import Line, OfficeForm, Prose, options
from advocacy.web.htmx import go
from advocacy.web.office.bill_filter import PRIORITIES
from advocacy.web.office.bill_values import bill_at
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk


class WorkForm(OfficeForm):
    """Who looks after a bill, how pressing it is, and its tags."""

    owner = SelectField("Who looks after it")
    priority = SelectField(
        "How pressing it is",
        choices=options([("", "Not said"), *((p.value, w) for p, w in PRIORITIES.items())]),
    )
    tags = Line("Tags")

    def validate_tags(self, field: Line) -> None:
        """Few and short."""
        try:
            work.tags_typed(field.data or "")
        except TooManyTags as fault:
            raise ValidationError(str(fault)) from fault

    def said(self) -> Work:
        """What was typed, once it is valid."""
        return Work(
            owner_id=UUID(self.owner.data) if self.owner.data else None,
            priority=Priority(self.priority.data) if self.priority.data else None,
            tags=work.tags_typed(self.tags.data or ""),
        )


class NoteForm(OfficeForm):
    """A note for the office alone."""

    text = Prose("Write a note")


@dataclass(frozen=True)
class NoteShown:
    """A note with who wrote it. `is_earlier`: it stands with a bill this one goes on with."""

    id: UUID
    author: str
    on: date
    text: str
    is_mine: bool
    is_earlier: bool


@dataclass(frozen=True)
class WorkShown:
    """What the page of a bill shows of our work on it."""

    owner: str
    priority: str
    tags: tuple[str, ...]
    notes: Sequence[NoteShown]


def work_shown(session: Session, bill_id: UUID) -> WorkShown:
    """Our work on a bill, with names; for whoever may open its page."""
    said, me = work.work_of(session, bill_id), seat().person_id
    earlier = forebears(session, bill_id)
    here = [(note, False) for note in work.notes_on(session, [bill_id])]
    before = [(note, True) for note in work.notes_on(session, earlier)] if earlier else []
    return WorkShown(
        owner=name_of(session, said.owner_id) if said.owner_id else "",
        priority=PRIORITIES[said.priority] if said.priority else "",
        tags=said.tags,
        notes=[
            NoteShown(
                id=note.id,
                author=name_of(session, note.author_id),
                on=note.written_on,
                text=note.text,
                is_mine=note.author_id == me,
                is_earlier=is_earlier,
            )
            for note, is_earlier in here + before
        ],
    )


def name_of(session: Session, person_id: UUID) -> str:
    """How somebody who works here is called here."""
    known = person(session, person_id)
    names = names_of(session, known) if known else None
    return (names.chosen_name or names.name) if names else "Somebody who was erased"


@office.get("/bills/<uuid:bill_id>/work", endpoint="bill_work")
def ask(bill_id: UUID) -> str:
    """Who looks after it, and how pressing is it?"""
    now = desk().clock()
    with desk().database.reading() as session:
        said = work.work_of(session, bill_at(session, bill_id, now).id)
    data = {"owner": str(said.owner_id or ""), "priority": said.priority or "", "tags": ", ".join(said.tags)}
    return _page(bill_id, WorkForm(data=data), now)


@office.post("/bills/<uuid:bill_id>/work", endpoint="bill_work_save")
def save(bill_id: UUID) -> ResponseReturnValue:
    """Keep what was said."""
    now, form = desk().clock(), WorkForm(request.form)
    page = _page(bill_id, form, now, check=True)
    if form.errors:
        return page, 422
    with desk().database.transaction() as session:
        work.say_work(session, bill_id, form.said(), by=seat().person_id, now=now)
    return go(url_for("office.bill", bill_id=bill_id))


@office.post("/bills/<uuid:bill_id>/notes", endpoint="bill_note_write")
def write(bill_id: UUID) -> ResponseReturnValue:
    """Write a note."""
    now, form = desk().clock(), NoteForm(request.form)
    try:
        with desk().database.transaction() as session:
            bill_at(session, bill_id, now)
            words, me = form.text.data or "", seat().person_id
            work.write_note(session, bill_id, words, by=me, today=desk().today(now))
    except (work.NoteEmpty, work.NoteTooLong) as fault:
        form.text.errors = [sentence_of(fault)]
        return render_template("office/bill_note.html", form=form, bill_id=bill_id), 422
    return go(url_for("office.bill", bill_id=bill_id, _anchor="notes"))


@office.post("/bills/<uuid:bill_id>/notes/<uuid:note_id>/off", endpoint="bill_note_remove")
def remove(bill_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Take a note of one's own away."""
    now = desk().clock()
    try:
        with desk().database.transaction() as session:
            bill_at(session, bill_id, now)
            or_nothing(note_id if note_id in {one.id for one in work.notes_on(session, [bill_id])} else None)
            work.remove_note(session, note_id, by=seat().person_id)
    except work.NotYourNote as fault:
        raise NotYours from fault
    return go(url_for("office.bill", bill_id=bill_id, _anchor="notes"))


def _page(bill_id: UUID, form: WorkForm, now: datetime, *, check: bool = False) -> str:
    with desk().database.reading() as session:
        page = bill_at(session, bill_id, now)
        them = [(str(id), name_of(session, id)) for id in holders(session, POLICY, desk().today(now))]
        tags = work.all_tags(session)
        kept = work.work_of(session, bill_id).owner_id
        if kept and str(kept) not in dict(them):
            them.append((str(kept), f"{name_of(session, kept)}, whose term has ended"))
    form.owner.choices = options([("", "Nobody"), *sorted(them, key=lambda one: one[1].casefold())])
    if check:
        form.validate()
    return render_template("office/bill_work.html", form=form, page=page, tags=tags)
