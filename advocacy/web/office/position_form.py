"""The form a position is written in."""

from typing import Any
from uuid import uuid4

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import UUID as IsId
from wtforms.validators import DataRequired
from wtforms.widgets import HiddenInput

from advocacy.web.forms import Line, OfficeForm, Prose


class WritingForm(OfficeForm):
    """The words of the next version, the version they were written over, and the id of a new position."""

    title = StringField("Title", [DataRequired("A position needs a title.")])
    body = Prose("Text", [DataRequired("A position needs a text.")])
    note = Line("What did you change, and why?")
    based_on = IntegerField(default=0, widget=HiddenInput())
    new_id = HiddenField(default=lambda: str(uuid4()), validators=[IsId()])

    def over(self, n: int) -> "WritingForm":
        """The same words, written over another version."""
        kept: dict[str, Any] = {**self.data, "based_on": n}
        return WritingForm(data=kept)
