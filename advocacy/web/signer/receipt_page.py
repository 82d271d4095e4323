"""Her receipt: on screen, on paper, as a file, and by mail only if she asks and her mailbox is safe."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.signons.receipt_files import as_json
from advocacy.signons.receipt_mail import NotByMail, ask_receipt, may_be_mailed
from advocacy.signons.receipts import by_day, receipt_of
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Visitor, come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.refusals import OVERTAKEN, TO_MEND
from advocacy.web.signer.states import place_of


@signer.post("/s/receipt")
def receipt() -> Response:
    """What she was asked and said, in plain words. She pressed for it, so her lines may stand here."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        return _page(session, visitor, now)


@signer.post("/s/receipt/file")
def receipt_file() -> Response:
    """The same for machines, under a name that says nothing."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        found = receipt_of(session, visitor.visit, now)
        if found is None:
            return _page(session, visitor, now)
    config = desk().config
    answer = Response(
        as_json(found, network=config.network_name, contact=config.call_us), mimetype="application/json"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="note.json"'
    return answer


@signer.post("/s/receipt/mail")
def receipt_mail() -> Response:
    """Send it, at an explicit yes, as days and a number."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        if typed("answer") != "yes":
            return _page(session, visitor, now, asked=bool(typed("asked")))
    try:
        with desk().database.transaction() as session:
            ask_receipt(session, visitor.visit, now)
    except NotByMail:
        return visitor.page("done", OVERTAKEN, done="receipt.not_by_mail")
    return visitor.page("done", done="receipt.mailed")


def _page(session: Session, visitor: Visitor, now: datetime, *, asked: bool = False) -> Response:
    found = receipt_of(session, visitor.visit, now)
    if found is None:
        return overview(session, place_of(session, visitor, now), now)
    return visitor.page(
        "receipt",
        TO_MEND if asked else 200,
        receipt=found,
        ways={use.method: _key(visitor, f"receipt.by_{use.method.replace(' ', '_')}") for use in found.uses},
        days=by_day(found.events),
        events={one.event: _key(visitor, f"happened.{one.event}") for one in found.events},
        network=desk().config.network_name,
        may_mail=may_be_mailed(session, visitor.visit.person_id),
        fault="fault.answer" if asked else "",
    )


def _key(visitor: Visitor, key: str) -> str:
    """The sentence for it; a general one where nobody has written it yet, so that nothing is left out."""
    room, _, name = key.partition(".")
    return (
        key if key in visitor.tongue.sentences else f"{room}.{'by_other' if name[:3] == 'by_' else 'other'}"
    )
