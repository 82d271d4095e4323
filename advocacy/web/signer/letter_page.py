"""The page with the letter and the choices under it, and the page that shows what would be signed."""

from collections.abc import Mapping
from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.people.limits import Audience
from advocacy.signons import actions
from advocacy.signons.previews import preview
from advocacy.signons.visits import Asked, last_time
from advocacy.web.pages import desk
from advocacy.web.signer import wishes
from advocacy.web.signer.choosing import Shown, last_day, like, parts, previewed
from advocacy.web.signer.entry import typed
from advocacy.web.signer.reading import reading, text_mark
from advocacy.web.signer.states import Place, State
from advocacy.web.signer.wishes import Choices, Fields, Offer, Wishes

_NONE: Mapping[Audience, str] = {}


def offered_in(place: Place, asked: Asked) -> tuple[Offer, ...]:
    """What may be chosen here and now: only less, once the letter has closed over a signature."""
    return wishes.offers(asked, place.standing.choices if place.may_only_narrow else None)


def choose(
    session: Session,
    place: Place,
    asked: Asked,
    now: datetime,
    *,
    sent: Fields | None = None,
    faults: Mapping[Audience, str] = _NONE,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The letter, and under it the choices, with what she has chosen so far still there."""
    offered = offered_in(place, asked)
    kept = _kept(session, place, asked, now) if sent is None else {}
    fields = sent or kept or _standing(place)
    return place.visitor.page(
        "letter",
        status,
        state=place.state,
        reading=reading(session, asked, place.visitor.tongue),
        parts=parts(asked, offered, fields, faults, now),
        last=_last(session, place, asked),
        notice=notice,
        kept=bool(kept),
        narrow=place.may_only_narrow,
        mail_stopped=place.mail_stopped,
    )


def _kept(session: Session, place: Place, asked: Asked, now: datetime) -> Fields:
    return wishes.kept_for(actions.kept_choices(session, place.visitor.visit, now), text_mark(asked))


def is_new(session: Session, place: Place, sent: Fields, now: datetime) -> bool:
    """Whether these choices are more than what her page had ticked for her."""
    ticked = {} if place.asked is None else _kept(session, place, place.asked, now)
    return not wishes.same(sent, ticked or _standing(place))


def _standing(place: Place) -> Fields:
    """What stands already may be seen while changing it. Nothing else is ever ticked beforehand."""
    if place.state is not State.SIGNED:
        return {}
    fields = wishes.as_fields(wishes.plain(place.standing.choices))
    return {name: value for name, value in fields.items() if not name.startswith("days-")}


def _last(session: Session, place: Place, asked: Asked) -> tuple[Shown, ...]:
    if place.state is State.SIGNED:
        return ()
    return like(asked, like_last_time(session, place, asked))


def like_last_time(session: Session, place: Place, asked: Asked) -> Choices:
    """Her choices on the last letter, as far as they hold for this one; none where she was only counted."""
    before = last_time(session, place.visitor.visit)
    answer = wishes.read(wishes.as_fields(wishes.plain(before)), asked, offered_in(place, asked))
    choices = {audience: wish.choice for audience, wish in answer.wishes.items()}
    return choices if any(choice.form != "count_only" for choice in choices.values()) else {}


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
    zone = desk().config.time_zone
    shown = preview(session, place.visitor.visit, asked, wished, zone=zone, now=now)
    return place.visitor.page(
        "check",
        status,
        state=place.state,
        shown=previewed(shown),
        counted_until=last_day(shown.ends[Audience.COUNT]),
        language=asked.letter.language,
        implies_survivor=asked.letter.implies_survivor,
        offices=len(asked.offices),
        fields=wishes.as_fields(wished),
        mark=shown.mark,
        way=typed("way"),
        text=text_mark(asked),
        fault=fault,
    )
