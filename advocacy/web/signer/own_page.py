"""A page of her own: what she was asked, what she said, where a line of hers has gone, and who looked.

It holds nothing that names her or a letter until she presses to see it: somebody may be holding her phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import Response
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.editions.queries import first_sent_at
from advocacy.signons.models import Invitation
from advocacy.signons.owners import visits_of
from advocacy.signons.visits import Visit, real_ends
from advocacy.signons.waiting import lines_with_waits
from advocacy.web.pages import desk
from advocacy.web.signer.choosing import Shown, shown
from advocacy.web.signer.clocks import zone_of
from advocacy.web.signer.entry import Caller, Visitor
from advocacy.web.signer.farewell import copies
from advocacy.web.signer.looks import looks
from advocacy.web.signer.states import Place, State, place_of
from advocacy.web.truths import Copy


@dataclass(frozen=True, repr=False)
class Told:
    """Everything about one letter that she asked to see."""

    title: str
    language: str
    state: State
    offices: int
    shown: Sequence[Shown]
    copies: Sequence[Copy]
    has_receipt: bool


@dataclass(frozen=True, repr=False)
class Question:
    """One letter she was asked about: on which day, and the rest only once she wants to see it."""

    letter: str
    asked_on: date
    told: Told | None = None


def own_page(
    session: Session, caller: Caller, now: datetime, *, show: bool, fault: str = "", status: int = 200
) -> Response:
    """Her own page, with or without what names her."""
    questions = [
        _question(session, caller, asked, visit, now, show=show)
        for asked, visit in visits_of(session, caller.owner)
    ]
    found = looks(session, caller.owner.person_id) if show else None
    return caller.page("own", status, questions=questions, show=show, looks=found, fault=fault)


def _question(
    session: Session, caller: Caller, asked: Invitation, visit: Visit, now: datetime, *, show: bool
) -> Question:
    letter = str(asked.id)
    held = replace(caller.held, letter=letter)
    place = place_of(session, Visitor(held, caller.tongue, caller.may_see, visit), now)
    asked_on = day_in(desk().config.time_zone, asked.invited_at)
    return Question(letter, asked_on, _told(session, place, now) if show and place.asked else None)


def _told(session: Session, place: Place, now: datetime) -> Told | None:
    asked, visit = place.asked, place.visitor.visit
    if asked is None:
        return None
    sent_at, is_signed = first_sent_at(session, asked.version.id), place.state is State.SIGNED
    ends = {audience: end for audience, end in real_ends(session, visit, sent_at).items() if end > now}
    own, is_sent = lines_with_waits(session, visit, now), sent_at is not None
    zone = zone_of(visit)
    return Told(
        title=asked.version.title,
        language=asked.letter.language,
        state=place.state,
        offices=len(asked.offices),
        shown=shown(own.lines, ends, zone, is_sent=is_sent, waiting=own.waiting) if is_signed else (),
        copies=copies(session, visit),
        has_receipt=place.standing.sign_on_id is not None,
    )
