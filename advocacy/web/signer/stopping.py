"""The address in a mail program's own "unsubscribe" (RFC 8058): its key stops mail and nothing else."""

from datetime import datetime

from flask import Response, make_response, render_template, request
from sqlalchemy.orm import Session

from advocacy.people.actions import stop_mail
from advocacy.signons.links import Purpose
from advocacy.signons.visits import visit_by_key
from advocacy.web.pages import desk
from advocacy.web.signer.entry import signer, spoken, typed
from advocacy.web.signer.tongues import tongue


@signer.get("/stop/<key>")
def stop_page(key: str) -> str:
    """The same page for every key: a question and a button. It knows nothing and writes nothing."""
    return render_template("signer/stop.html", done=False, fault=False, **spoken(tongue("en")))


@signer.post("/stop/<key>")
def stop_by_key(key: str) -> Response:
    """What a mail program posts by itself (RFC 8058), or the page above: stops mail and nothing else."""
    done = request.form.get("List-Unsubscribe") == "One-Click" or typed("answer") == "yes"
    if done:
        now = desk().clock()
        with desk().database.transaction() as session:
            _stop(session, key, now)
    page = render_template("signer/stop.html", done=done, fault=not done, **spoken(tongue("en")))
    return make_response(page, 200 if done else 422)


def _stop(session: Session, key: str, now: datetime) -> None:
    visit = visit_by_key(session, key, Purpose.STOP_MAIL, now)
    if visit is not None:
        stop_mail(session, visit.person_id, now)
