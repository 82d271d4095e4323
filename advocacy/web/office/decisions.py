"""One decision with the text it is about, and answering it for oneself."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from advocacy.positions import rounds
from advocacy.positions.decisions import Voice
from advocacy.positions.shared_values import SharedValue
from advocacy.positions.wording import TextTooLong
from advocacy.web.errors import sentence_of
from advocacy.web.forms import OfficeForm, Prose, options
from advocacy.web.htmx import go
from advocacy.web.office.decision_values import DecisionSeen, seen_by
from advocacy.web.office.door import office, seat
from advocacy.web.pages import desk

_REFUSED = (rounds.NotAsked, rounds.DecisionOver)


class AnswerForm(OfficeForm):
    """One person's answer, in words."""

    voice = RadioField(
        "Your answer",
        [InputRequired("Please choose an answer. “I need more time” is one.")],
        choices=options((voice, voice.label) for voice in Voice),
    )
    value = SelectField(
        "If you block: which shared value would it break?",
        choices=options([("", "Choose one"), *((value, value.label) for value in SharedValue)]),
    )
    note = Prose("What would make it workable for you?")


@office.get("/decisions/<uuid:decision_id>")
def decision(decision_id: UUID) -> str:
    """The question, the text, what changed, how it stands, and your answer."""
    seen = _seen(decision_id)
    mine = seen.mine
    form = AnswerForm(data={"voice": mine.voice, "value": mine.value, "note": mine.note} if mine else None)
    return _page(seen, form)


@office.post("/decisions/<uuid:decision_id>", endpoint="decision_answer")
def give_answer(decision_id: UUID) -> ResponseReturnValue:
    """Keep one person's own answer; she may change it while the decision is open."""
    form, seen = AnswerForm(request.form), _seen(decision_id)
    if not form.validate():
        return _page(seen, form), 422
    try:
        _answer(decision_id, form)
    except rounds.BlockNeedsValue as fault:
        form.value.errors = [sentence_of(fault)]
        return _page(seen, form), 422
    except TextTooLong as fault:
        form.note.errors = [sentence_of(fault)]
        return _page(seen, form), 422
    except _REFUSED as fault:
        form.voice.errors = [sentence_of(fault)]
        return _page(_seen(decision_id), form), 422
    return go(url_for("office.decision", decision_id=decision_id, _anchor="yours"))


def _answer(decision_id: UUID, form: AnswerForm) -> None:
    with desk().database.transaction() as session:
        rounds.answer(
            session,
            decision_id,
            by=seat().person_id,
            voice=Voice(form.voice.data),
            value=SharedValue(form.value.data) if form.value.data else None,
            note=form.note.data or "",
            now=desk().clock(),
        )


def _seen(decision_id: UUID) -> DecisionSeen:
    with desk().database.reading() as session:
        return seen_by(session, decision_id, seat(), desk().clock())


def _page(seen: DecisionSeen, form: AnswerForm) -> str:
    return render_template(
        "office/decision.html",
        seen=seen,
        form=form,
        voices={voice.value: voice for voice in Voice},
        values=list(SharedValue),
    )
