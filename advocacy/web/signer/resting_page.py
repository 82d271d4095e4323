"""The pages on which nothing has to be done: signed, taken off, said no, closed."""

from collections.abc import Mapping
from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.editions.queries import first_sent_at
from advocacy.people.limits import Form
from advocacy.signons.holding import is_left_out
from advocacy.signons.late import left_word
from advocacy.signons.one_more_office import offices_to_ask
from advocacy.signons.renewing import lapsing
from advocacy.signons.visits import real_ends
from advocacy.signons.waiting import lines_with_waits
from advocacy.web.pages import desk
from advocacy.web.signer.bill_change import bill_change
from advocacy.web.signer.choosing import shown
from advocacy.web.signer.clocks import zone_of
from advocacy.web.signer.farewell import copies
from advocacy.web.signer.parting import parting
from advocacy.web.signer.reading import reading
from advocacy.web.signer.states import Place, State
from advocacy.web.signer.text_change import changed_since


def rest(
    session: Session,
    place: Place,
    now: datetime,
    *,
    notice: str = "",
    show: bool = False,
    thanks: bool = False,
    done: str = "",
    status: int = 200,
) -> Response:
    """How things stand, and what she may still do. Her lines stand here only when she asked to see them."""
    if place.state is State.SIGNED:
        words = _signed(session, place, now, show=show)
        return _page(place, "signed", status, notice=notice, thanks=thanks, done=done, **words)
    visit = place.visitor.visit
    return _page(
        place,
        "resting",
        status,
        told=parting(session, visit, now),
        may_choose=place.may_choose,
        came_late=place.came_late,
        left_word=left_word(session, visit),
        notice=notice,
    )


def _signed(session: Session, place: Place, now: datetime, *, show: bool) -> Mapping[str, object]:
    asked, visit = place.asked, place.visitor.visit
    assert asked is not None
    sent_at = first_sent_at(session, asked.version.id)
    ends = {audience: end for audience, end in real_ends(session, visit, sent_at).items() if end > now}
    zone, is_sent = desk().config.time_zone, sent_at is not None
    own = lines_with_waits(session, visit, now)
    return {
        "lapses": bool(lapsing(session, visit, first_sent_at, zone=zone, now=now)),
        "has_lines": any(choice.form is not Form.COUNT_ONLY for choice in place.standing.choices.values()),
        "reading": reading(session, asked, place.visitor.tongue) if show else None,
        "shown": shown(own.lines, ends, zone_of(visit), is_sent=is_sent, waiting=own.waiting) if show else (),
        "offices": len(asked.offices),
        "went": bool(copies(session, visit)),
        "new_office": bool(offices_to_ask(session, visit, now)),
        "bill_change": bill_change(session, place),
        "left_out": is_left_out(session, place.standing.sign_on_id),
        "change": changed_since(session, place.standing, asked) if show else None,
    }


def _page(place: Place, name: str, status: int, **words: object) -> Response:
    return place.visitor.page(name, status, state=place.state, mail_stopped=place.mail_stopped, **words)
