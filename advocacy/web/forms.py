"""Forms: plain WTForms, bound to the office session, with one-line fields that refuse what cannot be seen."""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from flask import g
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.csrf.core import CSRF, CSRFTokenField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import ValidationError

from advocacy.people.names import BadName, LongName, clean_line

TOKEN_FIELD = "csrf_token"  # noqa: S105 -- the name of the field, not a secret


class StaleForm(Exception):
    """You signed in again while this page was open. Please open it once more and press again."""


def token_for(session_key: str) -> str:
    """The token of one office session. Only whoever holds the cookie's key can know it."""
    return hmac.digest(session_key.encode(), b"office form", sha256).hex()


def is_ours(token: str) -> bool:
    """Whether a posted token belongs to the session that is asking."""
    mine: str = g.get("form_token", "")
    return bool(mine) and hmac.compare_digest(mine.encode(), token.encode())


class _SessionToken(CSRF):
    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> str:
        return str(g.get("form_token", ""))

    def validate_csrf_token(self, form: Any, field: CSRFTokenField) -> None:
        if not is_ours(str(field.data or "")):
            raise ValidationError(StaleForm.__doc__ or "")


class OfficeForm(Form):
    """A form of the office. Its token is rendered with it; the guard looks at it before any view does."""

    class Meta:
        """WTForms reads its settings here."""

        csrf = True
        csrf_class = _SessionToken
        csrf_field_name = TOKEN_FIELD


class RowForm(Form):
    """One of several alike on an office page, told apart by a prefix. The guard has seen the token."""


class OpenForm(Form):
    """A form for somebody nobody knows yet."""


def options(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    """The choices of a select or radio field, from stored words and the words a reader sees."""
    return [SelectChoice(value, label) for value, label in pairs]


def described(field: Field, hint: str, **further: object) -> dict[str, object]:
    """What a screen reader needs beside a field: where its hint stands, and where its fault."""
    marks = {"hint": bool(hint), "wrong": bool(field.errors)}
    told = " ".join(f"{field.id}-{mark}" for mark, there in marks.items() if there)
    described_by = {"aria-describedby": told} if told else {}
    invalid = {"aria-invalid": "true"} if field.errors else {}
    return {**further, **described_by, **invalid}


class Line(StringField):
    """One visible line: spaces tidied, and nothing in it that hides, reverses or breaks."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the line as it will be stored, or say what is wrong with it."""
        super().process_formdata(valuelist)
        try:
            self.data = clean_line(self.data or "")
        except (BadName, LongName) as fault:
            raise ValueError(fault.__doc__) from fault


class Prose(TextAreaField):
    """Longer text, with line ends as we store them."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the text with single line feeds."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
