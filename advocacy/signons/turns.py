"""Whose turn it is: no answer runs beside a freezing or a delivery, nor beside another of the same person."""

from sqlalchemy.orm import Session

from advocacy.letters.models import Letter
from advocacy.signons.models import Invitation
from advocacy.signons.visits import Visit


def take_turn(session: Session, visit: Visit) -> Invitation:
    """Hold this person's answer to this letter until the transaction ends."""
    # Answers to one letter may come side by side, but never beside its freezing or its delivery; and one
    # person's answers come one after another, from however many tabs.
    session.get_one(Letter, visit.letter_id, with_for_update={"read": True})
    return session.get_one(Invitation, visit.invitation_id, with_for_update=True)
