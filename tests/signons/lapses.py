"""What the stories about ends say again and again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.limits import Audience
from advocacy.people.models import Person
from advocacy.signons.models import Consent, SignOn, SignOnEvent
from advocacy.signons.renewing import Lapsing, lapsing, renew, renewal_mark
from advocacy.signons.visits import Visit
from tests.make import ZONE


def never(_session: Session, _version_id: UUID) -> datetime | None:
    """No text has left for an office."""
    return None


def soon(session: Session, visit: Visit, now: datetime) -> tuple[Lapsing, ...]:
    return lapsing(session, visit, never, zone=ZONE, now=now)


def keep(session: Session, visit: Visit, now: datetime, *audiences: Audience) -> int:
    """Keep what lapses soon for these audiences; all of it when none is named."""
    found = soon(session, visit, now)
    wanted = {one.consent_id for one in found if not audiences or one.audience in audiences}
    mark = renewal_mark(session, found)
    return renew(session, visit, wanted, mark=mark, sent_at=never, zone=ZONE, now=now)


def ends(session: Session, person_id: UUID) -> dict[str, datetime]:
    """When each of her standing consents ends."""
    asked = select(Consent).join(SignOn).where(SignOn.person_id == person_id, Consent.ended_on.is_(None))
    return {consent.audience: consent.latest_at for consent in session.scalars(asked)}


def told(session: Session, event: str) -> int:
    """How often the history says so."""
    return len(session.scalars(select(SignOnEvent).where(SignOnEvent.event == event)).all())


def move(session: Session, person_id: UUID, zone: str) -> None:
    """She lives by other clocks."""
    session.get_one(Person, person_id).time_zone = zone
    session.flush()
