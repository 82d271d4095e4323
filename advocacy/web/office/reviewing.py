"""Lines that wait for a look before they print: the line and the reason, never who she is."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.signons.holding import Held, Verdict, held_on, judge
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at
from advocacy.web.office.letter_values import letter_view
from advocacy.web.office.oddities import WHY
from advocacy.web.pages import desk


@office.get("/letters/<uuid:letter_id>/review", endpoint="signons_review")
def review(letter_id: UUID) -> ResponseReturnValue:
    """What was held back on this letter."""
    with desk().database.reading() as session:
        return _page(session, letter_id)


@office.post("/letters/<uuid:letter_id>/review", endpoint="signons_judge")
def decide(letter_id: UUID) -> ResponseReturnValue:
    """First say how many lines it is about, and only then do it."""
    told = request.form.get("verdict", "")
    with desk().database.transaction() as session:
        letter_at(session, letter_id)
        chosen = _chosen(held_on(session, letter_id))
        if told not in tuple(Verdict) or not chosen:
            return _page(session, letter_id, fault="Choose one line at least, and what becomes of it.")
        if request.form.get("sure") != "yes":
            return _page(session, letter_id, chosen=chosen, verdict=told)
        today = desk().today(desk().clock())
        ids = [one.sign_on_id for one in chosen]
        judge(session, letter_id, ids, Verdict(told), by=seat().person_id, today=today)
    return go(url_for("office.signons_review", letter_id=letter_id, done=told))


def _chosen(held: Sequence[Held]) -> tuple[Held, ...]:
    sent = set(request.form.getlist("line"))
    return tuple(one for one in held if str(one.sign_on_id) in sent)


def _page(
    session: Session, letter_id: UUID, *, chosen: Sequence[Held] = (), verdict: str = "", fault: str = ""
) -> Response:
    letter, newest = letter_at(session, letter_id)
    held = held_on(session, letter_id)
    page = render_template(
        "office/review_sure.html" if chosen else "office/review.html",
        view=letter_view(session, letter, newest, seat().person_id, desk().clock()),
        waiting=[one for one in held if one.verdict is Verdict.WAIT],
        decided=[one for one in held if one.verdict is not Verdict.WAIT],
        chosen=chosen,
        verdict=verdict,
        why=WHY,
        fault=fault,
        done=request.args.get("done", ""),
    )
    return make_response(page, 422 if fault else 200)
