"""What is ticked when a page opens: what stands already, or what she chose within the hour. Nothing else."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.signons import actions
from advocacy.signons.visits import Asked
from advocacy.web.pages import desk
from advocacy.web.signer import wishes
from advocacy.web.signer.reading import text_mark
from advocacy.web.signer.states import Place, State
from advocacy.web.signer.wishes import Fields


def kept(session: Session, place: Place, asked: Asked, now: datetime) -> Fields:
    """What she chose for these very words within the hour."""
    return wishes.kept_for(actions.kept_choices(session, place.visitor.visit, now), text_mark(asked))


def standing(place: Place) -> Fields:
    """What stands already, which may be seen while changing it."""
    if place.state is not State.SIGNED:
        return {}
    fields = wishes.as_fields(wishes.plain(place.standing.choices))
    return {name: value for name, value in fields.items() if not name.startswith("days-")}


def is_new(session: Session, place: Place, asked: Asked, sent: Fields, now: datetime) -> bool:
    """Whether these choices are more than what her page had ticked for her."""
    before = kept(session, place, asked, now) or standing(place)
    return not wishes.same(sent, wishes.about(before, wishes.answered(sent)))


def keep(place: Place, asked: Asked, sent: Fields, now: datetime) -> None:
    """Keep her choices for an hour, sealed, beside those she made on another of its pages."""
    with desk().database.transaction() as session:
        choices = wishes.merged(kept(session, place, asked, now), sent)
        actions.keep_choices(session, place.visitor.visit, wishes.keep(choices, text_mark(asked)), now)
