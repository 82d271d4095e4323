"""The page with the letter and the choices under it."""

from collections.abc import Mapping
from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.people.limits import Audience, Form
from advocacy.signons.visits import Asked, last_time
from advocacy.web.signer import wishes
from advocacy.web.signer.choosing import Shown, like, parts
from advocacy.web.signer.keeping import kept, standing
from advocacy.web.signer.reading import reading
from advocacy.web.signer.states import Place, State

_NONE: Mapping[Audience, str] = {}


def offered_in(place: Place, asked: Asked) -> tuple[wishes.Offer, ...]:
    """What may be chosen here and now: only less, once the letter has closed over a signature."""
    return wishes.offers(asked, place.standing.choices if place.may_only_narrow else None)


def choose(
    session: Session,
    place: Place,
    asked: Asked,
    now: datetime,
    *,
    sent: wishes.Fields | None = None,
    faults: Mapping[Audience, str] = _NONE,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The letter, and under it the choices, with what she has chosen so far still there."""
    offered = offered_in(place, asked)
    before = kept(session, place, asked, now) if sent is None else {}
    fields = sent or before or standing(place)
    return place.visitor.page(
        "letter",
        status,
        state=place.state,
        reading=reading(session, asked, place.visitor.tongue),
        parts=parts(asked, offered, fields, faults, now),
        last=_last(session, place, asked),
        notice=notice,
        kept=bool(before),
        narrow=place.may_only_narrow,
        mail_stopped=place.mail_stopped,
    )


def _last(session: Session, place: Place, asked: Asked) -> tuple[Shown, ...]:
    if place.state is State.SIGNED:
        return ()
    return like(asked, like_last_time(session, place, asked))


def like_last_time(session: Session, place: Place, asked: Asked) -> wishes.Choices:
    """Her choices on the last letter, as far as they hold for this one; none where she was only counted."""
    before = last_time(session, place.visitor.visit)
    answer = wishes.read(wishes.as_fields(wishes.plain(before)), asked, offered_in(place, asked))
    held = wishes.plain({audience: wish.choice for audience, wish in answer.wishes.items()})
    choices = {audience: wish.choice for audience, wish in held.items()}
    return choices if any(choice.form is not Form.COUNT_ONLY for choice in choices.values()) else {}
