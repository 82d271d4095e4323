"""The page that shows exactly what would be signed."""

from dataclasses import replace
from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.clock import last_day
from advocacy.people.limits import Audience, Form
from advocacy.signons.previews import Preview, preview
from advocacy.signons.visits import Asked
from advocacy.web.pages import desk
from advocacy.web.signer.choosing import previewed
from advocacy.web.signer.entry import typed
from advocacy.web.signer.letter_page import offered_in, wants_more
from advocacy.web.signer.reading import text_mark
from advocacy.web.signer.states import Place
from advocacy.web.signer.wishes import Wishes, as_fields


def look(
    session: Session,
    place: Place,
    asked: Asked,
    wished: Wishes,
    now: datetime,
    *,
    fault: str = "",
    status: int = 200,
) -> Response:
    """Exactly what would be signed, before anything is."""
    shown = _preview(session, place, asked, wished, now)
    return _page(place, asked, wished, shown, fault, status)


def blind_look(session: Session, place: Place, asked: Asked, wished: Wishes, now: datetime) -> Response:
    """The same page for the record of what she was shown: where a line of hers stands, it has a mark."""
    shown = _preview(session, place, asked, wished, now)
    hidden = {audience: None if line is None else "…" for audience, line in shown.lines.items()}
    return _page(place, asked, wished, replace(shown, lines=hidden, mark=""), "", 200)


def _preview(session: Session, place: Place, asked: Asked, wished: Wishes, now: datetime) -> Preview:
    return preview(session, place.visitor.visit, asked, wished, zone=desk().config.time_zone, now=now)


def _page(place: Place, asked: Asked, wished: Wishes, shown: Preview, fault: str, status: int) -> Response:
    return place.visitor.page(
        "check",
        status,
        state=place.state,
        shown=previewed(shown),
        counted_until=last_day(shown.time_zone, shown.ends[Audience.COUNT]),
        language=asked.letter.language,
        implies_survivor=asked.letter.implies_survivor,
        offices=len(asked.offices),
        fields=as_fields(wished),
        can_change=[offer.audience for offer in offered_in(place, asked) if offer.is_a_choice],
        mark=shown.mark,
        way=typed("way"),
        text=text_mark(asked),
        closing=place.closing,
        fault=fault,
        more=wants_more(),
        # It is between her and us: the record of what she was shown does without it.
        tells=asked.words.tells and bool(shown.mark) and _uses(shown, Form.CHOSEN_NAME),
        tells_place=_uses(shown, Form.STATE, Form.REGION),
    )


def _uses(shown: Preview, *forms: Form) -> bool:
    return any(choice.form in forms for choice in shown.choices.values())
