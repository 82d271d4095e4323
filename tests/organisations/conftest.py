"""An organisation that was asked, and whoever holds its keys."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import open_version
from advocacy.organisations.answering import Yes, say_yes
from advocacy.organisations.asking import Described, ask_organisation
from advocacy.organisations.links import Guest, Purpose, guest_by_key, make_link
from advocacy.organisations.models import OrganisationSignOn
from advocacy.people.limits import Audience
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import Cast

HOUSE = Described("Sample Valley Housing Collective", "state", "CA")
VAL = "val@samplevalley.example"


def asked(
    session: Session,
    letter: LetterVersion,
    cast: Cast,
    now: datetime,
    *,
    email: str = VAL,
    may_sign: bool = True,
) -> Guest:
    """Amara asks an organisation, and its authoriser (or a contact) comes in by the key in the mail."""
    ask = ask_organisation(
        session,
        letter.letter_id,
        HOUSE,
        email=email,
        may_sign=may_sign,
        language="en",
        by=cast.amara,
        now=now,
    )
    return holding(session, ask.id, Purpose.ANSWER if may_sign else Purpose.CONTACT, now)


def holding(session: Session, ask_id: object, purpose: Purpose, now: datetime) -> Guest:
    """Somebody with a fresh key."""
    guest = guest_by_key(session, make_link(session, ask_id, purpose, now), now)  # type: ignore[arg-type]
    assert guest is not None
    return guest


def yes_of(
    session: Session,
    guest: Guest,
    now: datetime,
    *,
    described: Described = HOUSE,
    board_on: date | None = None,
    authoriser: str = "Val Placeholder",
) -> OrganisationSignOn:
    """Its authoriser says yes to the open version."""
    version = open_version(session, guest.letter_id, now)
    assert version is not None
    told = Described(described.public_name, described.level, described.state, board_on)
    return say_yes(
        session, guest, Yes(told, authoriser, "director"), text=version.sha256, zone=make.ZONE, now=now
    )


def printed(session: Session, letter: LetterVersion, now: datetime) -> list[str]:
    """The organisations that stand on a letter, for every audience alike."""
    found = {
        audience: [one.line for one in signers_for(session, letter.id, audience, now).organisations]
        for audience in (Audience.RECIPIENT, Audience.WEB, Audience.PRESS)
    }
    assert len({tuple(lines) for lines in found.values()}) == 1
    return found[Audience.RECIPIENT]


@pytest.fixture
def session(database: Database) -> object:
    with database.transaction() as opened:
        yield opened


Ask = Callable[..., Guest]
