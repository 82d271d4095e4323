"""The pages before a choice: what we ask, and then the letter with the ways to appear below it."""

from dataclasses import replace

from flask import Response
from sqlalchemy.orm import Session

from advocacy.people.limits import Form
from advocacy.signons.visits import Asked, last_time
from advocacy.web.signer import wishes
from advocacy.web.signer.bill_change import bill_change
from advocacy.web.signer.choosing import Shown, like
from advocacy.web.signer.entry import typed
from advocacy.web.signer.reading import reading
from advocacy.web.signer.states import Place, State
from advocacy.web.signer.text_change import changed_since


def offered_in(place: Place, asked: Asked) -> tuple[wishes.Offer, ...]:
    """What may be chosen here and now: only less, once the letter has closed over a signature."""
    offered = wishes.offers(asked, place.standing.choices if place.may_only_narrow else None)
    return tuple(replace(offer, more=wants_more()) for offer in offered)


def wants_more() -> bool:
    """Whether she came to ask for more than her limit."""
    return typed("more") == "1"


def what_we_ask(session: Session, place: Place, asked: Asked) -> Response:
    """The first page behind a key: what we ask and of whom it comes, before any of the letter."""
    return place.visitor.page(
        "first",
        state=place.state,
        reading=reading(session, asked, place.visitor.tongue),
        mail_stopped=place.mail_stopped,
    )


def letter(
    session: Session,
    place: Place,
    asked: Asked,
    *,
    whole: bool = True,
    notice: str = "",
    status: int = 200,
) -> Response:
    """The letter, unless she would rather not read it now, and under it the ways to appear."""
    read = reading(session, asked, place.visitor.tongue)
    may_choose = any(offer.is_a_choice for offer in offered_in(place, asked))
    return place.visitor.page(
        "letter",
        status,
        state=place.state,
        reading=read,
        whole=whole,
        may_choose=may_choose,
        may_ask_more=any(offer.beyond for offer in offered_in(place, asked)),
        may_be_counted=not read.is_testimony or not may_choose,
        last=_last(session, place, asked),
        bill_change=bill_change(session, place),
        change=changed_since(session, place.standing, asked),
        notice=notice,
        closing=place.closing,
        mail_stopped=place.mail_stopped,
    )


def _last(session: Session, place: Place, asked: Asked) -> tuple[Shown, ...]:
    if place.state is State.SIGNED:
        return ()
    return like(asked, like_last_time(session, place, asked))


def like_last_time(session: Session, place: Place, asked: Asked) -> wishes.Choices:
    """Her choices on the last letter, as far as they hold for this one; none where she was only counted."""
    before = last_time(session, place.visitor.visit)
    answer = wishes.read(wishes.as_fields(wishes.plain(before)), asked, offered_in(place, asked), place.today)
    held = wishes.plain({audience: wish.choice for audience, wish in answer.wishes.items()})
    choices = {audience: wish.choice for audience, wish in held.items()}
    return choices if any(choice.form is not Form.COUNT_ONLY for choice in choices.values()) else {}
