"""When the words change, an organisation whose yes was to the old ones is asked once more by its own link."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.letters.models import LetterVersion
from advocacy.letters.queries import texts_meant
from advocacy.mail.actions import queue
from advocacy.organisations.models import OrganisationAsk, OrganisationSignOn
from advocacy.organisations.queries import newest_yes

NEW_WORDS = "organisation_new_words"


def ask_about_new_words(session: Session, version: LetterVersion, now: datetime) -> None:
    """Ask for one mail to each organisation whose yes is to other words than these; twice is once."""
    for signed in still_on_other_words(session, version):
        queue(session, kind=NEW_WORDS, about=signed.id, turn=version.n, now=now)


def still_on_other_words(session: Session, version: LetterVersion) -> Sequence[OrganisationSignOn]:
    """The newest yes of each organisation with a link, where it is to other words, neither taken back nor
    left off."""
    meant = texts_meant(session, version)
    asks = select(OrganisationAsk.id).where(OrganisationAsk.letter_id == version.letter_id)
    newest = (newest_yes(session, id) for id in session.scalars(asks.order_by(OrganisationAsk.id)).all())
    return [
        signed
        for signed in newest
        if signed is not None and signed.revoked_on is None and signed.refused_on is None
        if signed.text_sha256 not in meant
    ]
