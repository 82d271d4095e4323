"""A bill changed under a letter people sign: the question whether the letter still holds, and its answer."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from advocacy.campaigns.amended import Answer
from advocacy.campaigns.amended import answer as answer_for
from advocacy.web.errors import or_nothing
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.pages import desk

_WORDS = {"holds": Answer.HOLDS, "must-change": Answer.MUST_CHANGE}


@office.post("/letters/<uuid:letter_id>/bill/<uuid:text_id>/<word>", endpoint="letter_bill_answer")
def answer(letter_id: UUID, text_id: UUID, word: str) -> ResponseReturnValue:
    """Say that the letter still holds under this text of its bill, or that it must change."""
    said = or_nothing(_WORDS.get(word))
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        answer_for(session, letter_id, text_id, said, by=seat().person_id, now=desk().clock())
    page = "office.letter_edit" if said is Answer.MUST_CHANGE else "office.letter"
    return go(url_for(page, letter_id=letter_id))
