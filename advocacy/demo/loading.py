"""Fills an empty installation with the demo, up to the moment where there is something to click."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.db import Database
from advocacy.demo import scene
from advocacy.demo.cast import SIGNERS, Part
from advocacy.people.queries import roster
from advocacy.signons.actions import sign, withdraw
from advocacy.signons.models import Invitation
from advocacy.signons.previews import preview
from advocacy.signons.visits import Visit, asked_of
from advocacy.worker import postman

# These have answered already; the others' mails wait at the inbox.
_ANSWERED = ("dee", "avery", "ohio", "mau", "mithal", "li", "siobhan", "robin", "willa")


def load(config: Config, database: Database, now: datetime) -> bool:
    """Load the demo, unless somebody is here already; whether it was loaded."""
    with database.transaction() as session:
        if roster(session):
            return False
        begun = scene.set_scene(session, now)
        scene.decide(session, begun, now)
        version = scene.open_letter(session, begun.letter_id, begun, now)
        scene.open_letter(session, begun.testimony_id, begun, now)
        scene.record_organisations(session, version.id, begun, now)
        scene.invite_members(session, begun, now)
        scene.ask_witness(session, begun, now)
    postman(config, database).round()
    with database.transaction() as session:
        for part in SIGNERS:
            if part.who in _ANSWERED:
                sign_as(session, part, begun.letter_id, now)
    return True


def sign_as(session: Session, part: Part, letter_id: UUID, now: datetime) -> None:
    """Answer for one fictional member, through the same two steps as at the door."""
    visit = visit_of(session, part.who, letter_id)
    asked = asked_of(session, visit, now)
    assert asked is not None
    shown = preview(session, visit, asked, part.wishes(), zone=scene.ZONE, now=now)
    sign(session, visit, part.wishes(), mark=shown.mark, zone=scene.ZONE, now=now)
    if part.withdraws:
        withdraw(session, visit, zone=scene.ZONE, now=now)


def visit_of(session: Session, who: str, letter_id: UUID) -> Visit:
    """One fictional member at the door of one letter."""
    person_id = scene.person_called(session, who)
    invitation = session.query(Invitation).filter_by(letter_id=letter_id, person_id=person_id).one()
    return Visit(invitation.id, person_id, letter_id, language="en", watched=False)
