"""The form for a bill typed in by a person, one fact a line."""

from collections.abc import Iterator
from datetime import date

from wtforms import DateField, SelectField, StringField
from wtforms.validators import DataRequired, Optional, ValidationError

from advocacy.bills.by_hand import HandEntry
from advocacy.bills.identifiers import BadReference, parse_reference
from advocacy.bills.plain import web_address
from advocacy.bills.status import Stage
from advocacy.web.forms import Line, OfficeForm, Prose, options

STAGES = [(stage.name, str(stage).capitalize()) for stage in Stage if stage is not Stage.UNKNOWN]
"""Every stage a person may say a bill is at, and its words."""


class TypedForm(OfficeForm):
    """A bill and what is known about it. Only the first two are needed."""

    reference = Line("Which bill?", [DataRequired("Please type a bill, such as de 153 HB 201.")])
    title = Prose("Title", [DataRequired("A bill needs its title, as it is printed on the bill.")])
    introduced_on = DateField("Day it was introduced", [Optional()])
    sponsors = Prose("Who leads it")
    committees = Prose("Committees")
    steps = Prose("What happened")
    source_url = StringField("Where it can be read")
    stage = SelectField("Where it stands", choices=options([("", "Work it out from what happened"), *STAGES]))

    def validate_reference(self, field: Line) -> None:
        """It names one bill."""
        try:
            parse_reference(field.data or "")
        except BadReference as fault:
            raise ValidationError(str(fault)) from fault

    def validate_steps(self, field: Prose) -> None:
        """Every line begins with its day."""
        wrong = [number for number, line in _lines(field) if _step(line) is None]
        if wrong:
            raise ValidationError(f"Line {wrong[0]}: begin with the day, as in 2026-03-02 Referred to ...")

    def validate_source_url(self, field: StringField) -> None:
        """Something a browser can open."""
        field.data = (field.data or "").strip()
        if field.data and not web_address(field.data):
            raise ValidationError("This is not a web address. It begins with https://")

    def entry(self) -> HandEntry:
        """What was typed, once it is valid."""
        return HandEntry(
            key=parse_reference(self.reference.data or ""),
            title=" ".join((self.title.data or "").split()),
            introduced_on=self.introduced_on.data,
            steps=tuple(step for _, line in _lines(self.steps) if (step := _step(line))),
            sponsors=tuple(line for _, line in _lines(self.sponsors)),
            committees=tuple(line for _, line in _lines(self.committees)),
            source_url=self.source_url.data or "",
            stage=Stage[self.stage.data] if self.stage.data else None,
        )


def _lines(field: Prose) -> Iterator[tuple[int, str]]:
    for number, line in enumerate((field.data or "").split("\n"), start=1):
        if line.strip():
            yield number, line.strip()


def _step(line: str) -> tuple[date, str] | None:
    day, _, text = line.partition(" ")
    try:
        return (date.fromisoformat(day), text.strip()) if text.strip() else None
    except ValueError:
        return None
