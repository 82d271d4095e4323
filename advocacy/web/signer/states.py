"""Where somebody stands with a letter: the one value that says which page she is shown."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.people.models import Person
from advocacy.signons.grace import opened_mark
from advocacy.signons.visits import Asked, Standing, asked_of, standing
from advocacy.web.signer.clocks import zone_of
from advocacy.web.signer.closing import Closing, closing
from advocacy.web.signer.entry import Visitor


class State(StrEnum):
    """How things are between one person and one letter."""

    NOT_SIGNED = "not_signed"
    SIGNED = "signed"
    CHANGED = "changed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    CLOSED = "closed"
    NOTHING = "nothing"


@dataclass(frozen=True, repr=False)
class Place:
    """A visitor, what she has agreed to, what she is asked, and how these stand to each other."""

    visitor: Visitor
    standing: Standing
    asked: Asked | None
    state: State
    mail_stopped: bool
    today: date
    closing: Closing | None

    @property
    def may_choose(self) -> bool:
        """Whether anything can be chosen: while the letter is open, or to show less of what is signed."""
        is_open = self.asked is not None and self.asked.is_open
        return is_open or self.state is State.SIGNED

    @property
    def came_late(self) -> bool:
        """Whether the letter has closed without her, so that only another copy could carry her yes."""
        return self.state in (State.CLOSED, State.LAPSED) and not self.may_choose

    @property
    def may_only_narrow(self) -> bool:
        """Whether the letter has closed over what she signed."""
        return self.state is State.SIGNED and self.asked is not None and not self.asked.is_open


def place_of(session: Session, visitor: Visitor, now: datetime) -> Place:
    """Where this visitor stands at this moment."""
    asked = asked_of(session, visitor.visit, now, opened=visitor.held.opened)
    held = standing(session, visitor.visit)
    person = session.get_one(Person, visitor.visit.person_id)
    return Place(
        visitor=_marked(session, visitor, asked, now),
        standing=held,
        asked=asked,
        state=state_of(held, asked, now),
        mail_stopped=person.mail_stopped_on is not None,
        today=day_in(zone_of(visitor.visit), now),
        closing=closing(visitor, asked, now) if asked else None,
    )


def _marked(session: Session, visitor: Visitor, asked: Asked | None, now: datetime) -> Visitor:
    """The visitor with a mark of when her form was opened: a new one while the letter is open, or her own."""
    if asked is None or not asked.is_open:
        return replace(visitor, held=replace(visitor.held, opened=""))
    fresh = opened_mark(session, visitor.visit.invitation_id, asked.opening, now)
    return replace(visitor, held=replace(visitor.held, opened=fresh or visitor.held.opened))


def state_of(held: Standing, asked: Asked | None, now: datetime) -> State:
    """How things stand. A yes to other words, or whose time is over, is said to be just that."""
    if asked is None:
        return State.NOTHING
    if _stands(held, asked, now):
        return State.SIGNED
    if held.withdrawn:
        return State.WITHDRAWN
    if held.declined:
        return State.DECLINED
    if held.signed:
        return State.LAPSED if held.is_yes_to(asked) else State.CHANGED
    return State.NOT_SIGNED if asked.is_open else State.CLOSED


def _stands(held: Standing, asked: Asked, now: datetime) -> bool:
    return held.is_yes_to(asked) and any(end > now for end in held.ends.values())
