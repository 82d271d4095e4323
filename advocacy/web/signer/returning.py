"""Putting a name back within seven days, just as it was; and what becomes of copies that are out."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.editions.corrections import answer_correction
from advocacy.people.limits import Audience
from advocacy.signons import undoing
from advocacy.signons.undoing import NothingToPutBack, may_come_back
from advocacy.signons.visits import asked_of, opened_lines
from advocacy.web.pages import desk
from advocacy.web.signer.choosing import shown
from advocacy.web.signer.clocks import zone_of
from advocacy.web.signer.entry import Visitor, come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.refusals import OVERTAKEN, TO_MEND
from advocacy.web.signer.resting_page import rest
from advocacy.web.signer.states import place_of


@signer.post("/s/put-back")
def put_back() -> Response:
    """Show what would come back and ask; yes puts back just that, `never` lets nothing come back any more."""
    now, answer = desk().clock(), typed("answer")
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        if answer not in ("yes", "never"):
            return _ask(session, visitor, now)
    if answer == "never":
        with desk().database.transaction() as session:
            undoing.keep_off(session, visitor.visit)
        return visitor.page("done", done="undo.never_done")
    return _put_back(visitor, now)


def _put_back(visitor: Visitor, now: datetime) -> Response:
    zone = desk().config.time_zone
    try:
        with desk().database.transaction() as session:
            answer_correction(session, visitor.visit, ask=False, zone=zone, now=now)
            undoing.put_back(session, visitor.visit, typed("back").split(), zone=zone, now=now)
    except NothingToPutBack:
        return visitor.page("done", OVERTAKEN, done="undo.gone")
    return visitor.page("done", done="undo.done")


def _ask(session: Session, visitor: Visitor, now: datetime) -> Response:
    """What would come back, word for word. She asked for it, so her lines may stand here."""
    back, asked = may_come_back(session, visitor.visit, now), asked_of(session, visitor.visit, now)
    if typed("answer") == "no" or asked is None or not back:
        return overview(session, place_of(session, visitor, now), now)
    fault = "fault.answer" if typed("asked") else ""
    ends = {Audience(one.audience): one.latest_at for one in back}
    return visitor.page(
        "put_back",
        TO_MEND if fault else 200,
        fault=fault,
        back=" ".join(one.audience for one in back),
        shown=shown(opened_lines(session, visitor.visit, back), ends, zone_of(visitor.visit)),
        offices=len(asked.offices),
        language=asked.letter.language,
    )


@signer.post("/s/correct")
def correct() -> Response:
    """Ask the offices to use a newer copy, or draw no attention to it: her choice, never ours."""
    now, answer = desk().clock(), typed("answer")
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        if answer not in ("yes", "no"):
            fault = "fault.answer" if typed("asked") else ""
            status = TO_MEND if fault else 200
            return rest(session, place_of(session, visitor, now), now, notice=fault, status=status)
    with desk().database.transaction() as session:
        zone = desk().config.time_zone
        answer_correction(session, visitor.visit, ask=answer == "yes", zone=zone, now=now)
    return visitor.page("done", done="correct.done" if answer == "yes" else "correct.quiet")
