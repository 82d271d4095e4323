"""Whoever comes too late may leave word, and hears once when there will be another copy."""

from flask import Response

from advocacy.signons.late import leave_word
from advocacy.web.pages import desk
from advocacy.web.signer.entry import come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.refusals import TO_MEND
from advocacy.web.signer.states import place_of


@signer.post("/s/late")
def late() -> Response:
    """Ask whether she wants to hear of the next copy; only her explicit yes is kept."""
    now = desk().clock()
    with desk().database.reading() as session:
        place = place_of(session, come_in(session, now), now)
        if typed("answer") == "no" or not place.came_late:
            return overview(session, place, now)
    if typed("answer") != "yes":
        fault = "fault.answer" if typed("asked") else ""
        status = TO_MEND if fault else 200
        words = {"act": "late", "path": "/s/late", "may_see": True, "copies": (), "fault": fault}
        return place.visitor.page("ask", status, **words)
    with desk().database.transaction() as session:
        leave_word(session, place.visitor.visit, zone=desk().config.time_zone, now=now)
    return place.visitor.page("done", done="late.done")
