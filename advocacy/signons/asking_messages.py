"""The mails to somebody who had signed, each as plain and neutral as an invitation, and each sent once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import current_opening, texts_meant
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.people.models import Person
from advocacy.people.queries import may_write_to
from advocacy.signons.actions import make_link
from advocacy.signons.asking_again import Why, has_not_answered
from advocacy.signons.links import Purpose
from advocacy.signons.messages import with_link
from advocacy.signons.models import Asking, Invitation
from advocacy.signons.one_more_office import is_still_asked


@dataclass(frozen=True)
class AskingTrade:
    """Writes to somebody who had signed, if what it is about is still so at the last moment."""

    config: Config

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Only where she may be written to, said no to nothing, and has not answered meanwhile."""
        asking = session.get(Asking, message.about_id)
        if asking is None:
            return False
        invitation = session.get_one(Invitation, asking.invitation_id)
        reachable = may_write_to(session.get_one(Person, invitation.person_id))
        return reachable and invitation.declined_on is None and _still_so(session, asking, invitation, now)

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key and code, and another key that can only stop mail."""
        asking = session.get_one(Asking, message.about_id)
        invitation = session.get_one(Invitation, asking.invitation_id)
        person = session.get_one(Person, invitation.person_id)
        pair = make_link(session, invitation.id, Purpose.SIGN, now)
        stop, _ = make_link(session, invitation.id, Purpose.STOP_MAIL, now)
        return with_link(session, self.config, person, asking.why, pair, stop=stop)


def _still_so(session: Session, asking: Asking, invitation: Invitation, now: datetime) -> bool:
    opening = current_opening(session, invitation.letter_id)
    if opening is None:
        return False
    if asking.why == Why.NEW_OFFICE:
        person = session.get_one(Person, invitation.person_id)
        return is_still_asked(session, asking, invitation, person, now)
    version, is_open = session.get_one(LetterVersion, opening.version_id), now < opening.closes_at
    same_text = asking.about in texts_meant(session, version)
    unanswered = same_text and has_not_answered(session, invitation, version, now)
    return unanswered if asking.why == Why.LEFT_OUT else unanswered and is_open
