"""The pages of choices: one for each audience, and each carries on what was chosen on the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.people.limits import Audience
from advocacy.signons.visits import Asked
from advocacy.web.signer import wishes
from advocacy.web.signer.choosing import Part, part_of
from advocacy.web.signer.keeping import kept, standing
from advocacy.web.signer.letter_page import letter, offered_in, wants_more
from advocacy.web.signer.posted import sent
from advocacy.web.signer.reading import reading
from advocacy.web.signer.states import Place
from advocacy.web.signer.wishes import Fields, Offer


@dataclass(frozen=True)
class Screen:
    """One audience's page: its part of the form, its place among them, and what its forms carry on."""

    part: Part
    number: int
    of: int
    carried: Fields
    earlier: Fields | None
    comes_from: Audience | None


def choose(
    session: Session,
    place: Place,
    asked: Asked,
    now: datetime,
    *,
    at: str = "",
    fault: str = "",
    status: int = 200,
) -> Response:
    """The page for one audience: the one asked for, or else the first that she has not chosen for yet."""
    offered = [offer for offer in offered_in(place, asked) if offer.is_a_choice]
    if not offered:
        return letter(session, place, asked, whole=False)
    chosen = sent()
    offer = _next(offered, chosen, at)
    own, before = wishes.about(chosen, {offer.audience}), kept(session, place, asked, now)
    part = part_of(asked, offer, own or before or standing(place), fault, place.today)
    return place.visitor.page(
        "choose",
        status,
        state=place.state,
        reading=reading(session, asked, place.visitor.tongue),
        more=wants_more(),
        screen=_screen(place, asked, offered, offer, part),
        kept=bool(not own and wishes.about(before, {offer.audience})),
    )


def _next(offered: Sequence[Offer], chosen: Fields, at: str) -> Offer:
    asked_for = [offer for offer in offered if offer.audience == at]
    missing = [offer for offer in offered if f"form-{offer.audience}" not in chosen]
    return (asked_for or missing or offered)[0]


def _screen(place: Place, asked: Asked, offered: Sequence[Offer], offer: Offer, part: Part) -> Screen:
    number = offered.index(offer)
    before = offered[number - 1] if number else None
    return Screen(
        part=part,
        number=number + 1,
        of=len(offered),
        carried=_without(place, asked, offered, offer),
        earlier=_without(place, asked, offered, before) if before else None,
        comes_from=before.audience if before else None,
    )


def _without(place: Place, asked: Asked, offered: Sequence[Offer], left_out: Offer) -> Mapping[str, str]:
    """What she chose so far, but for one audience; only what could be signed is carried on."""
    chosen = sent()
    others = [one for one in offered if one is not left_out and f"form-{one.audience}" in chosen]
    return wishes.as_fields(wishes.read(chosen, asked, others, place.today).wishes)
