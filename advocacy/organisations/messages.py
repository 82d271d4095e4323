"""Mails to organisations: plain text, from the office's own sender, with a key after the #."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.clock import day_in, last_day
from advocacy.config import Config
from advocacy.letters.models import LetterVersion, Opening
from advocacy.letters.queries import current_opening, open_version
from advocacy.mail.envelopes import Envelope
from advocacy.mail.models import Message
from advocacy.mail.words import write
from advocacy.organisations.life import Stage, stage_of
from advocacy.organisations.links import Purpose, make_link
from advocacy.organisations.models import OrganisationAsk, OrganisationSignOn
from advocacy.organisations.new_words import still_on_other_words
from advocacy.organisations.queries import newest_yes, unsealed


@dataclass(frozen=True)
class _Trade:
    config: Config

    def _address(self, session: Session, ask: OrganisationAsk, purpose: Purpose, now: datetime) -> str:
        return f"{self.config.base_url}/o#{make_link(session, ask.id, purpose, now)}"

    def _envelope(
        self, session: Session, name: str, to: str, ask: OrganisationAsk, **words: object
    ) -> Envelope:
        opening = current_opening(session, ask.letter_id)
        assert isinstance(opening, Opening)
        subject, body = write(
            name,
            ask.language,
            organisation=ask.public_name,
            title=session.get_one(LetterVersion, opening.version_id).title,
            closes_on=last_day(self.config.time_zone, opening.closes_at),
            network_name=self.config.network_name,
            office=self.config.office_mail_from,
            **words,
        )
        return Envelope(
            sender=self.config.office_mail_from, to=to, subject=subject, body=body, language=ask.language
        )


@dataclass(frozen=True)
class ContactTrade(_Trade):
    """Writes to a contact: a link to pass the question on, and one to read and forward. Neither can sign."""

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """While the letter is open."""
        ask = session.get(OrganisationAsk, message.about_id)
        return (
            ask is not None
            and ask.contact is not None
            and open_version(session, ask.letter_id, now) is not None
        )

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with two keys."""
        ask = session.get_one(OrganisationAsk, message.about_id)
        return self._envelope(
            session,
            "organisation_contact",
            unsealed(session, ask, "contact"),
            ask,
            pass_on=self._address(session, ask, Purpose.CONTACT, now),
            read=self._address(session, ask, Purpose.READ, now),
        )


@dataclass(frozen=True)
class AuthoriserTrade(_Trade):
    """Writes to an authoriser: her own link to answer with. Until she uses it nothing has been signed."""

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """While the letter is open; afterwards only to take back what was said."""
        ask = session.get(OrganisationAsk, message.about_id)
        if ask is None or ask.email is None:
            return False
        return open_version(session, ask.letter_id, now) is not None or message.turn > 1

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key."""
        ask = session.get_one(OrganisationAsk, message.about_id)
        return self._envelope(
            session,
            "organisation_authoriser",
            unsealed(session, ask, "email"),
            ask,
            link=self._address(session, ask, Purpose.ANSWER, now),
            has_signed=_has_signed(session, ask),
        )


def _has_signed(session: Session, ask: OrganisationAsk) -> bool:
    signed = newest_yes(session, ask.id)
    return signed is not None and signed.revoked_on is None


@dataclass(frozen=True)
class NewWordsTrade(_Trade):
    """Tells an authoriser that the words have changed; her organisation is off until she says yes again."""

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """While the letter is open and its yes still to other words."""
        signed = session.get(OrganisationSignOn, message.about_id)
        if signed is None:
            return False
        letter_id = session.get_one(LetterVersion, signed.version_id).letter_id
        version = open_version(session, letter_id, now)
        return version is not None and signed in still_on_other_words(session, version)

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key; nothing is signed without a press on the page behind it."""
        signed = session.get_one(OrganisationSignOn, message.about_id)
        ask = session.get_one(OrganisationAsk, signed.ask_id)
        link = self._address(session, ask, Purpose.ANSWER, now)
        return self._envelope(
            session, "organisation_new_words", unsealed(session, signed, "email"), ask, link=link
        )


@dataclass(frozen=True)
class BoardTrade(_Trade):
    """Asks on the day a board decides whether it has said yes."""

    def may_send(self, session: Session, message: Message, now: datetime) -> bool:
        """Only while the yes still waits for this very day."""
        signed = session.get(OrganisationSignOn, message.about_id)
        if signed is None or signed.board_on is None or stage_of(signed) is not Stage.BOARD:
            return False
        return signed.board_on <= day_in(self.config.time_zone, now)

    def compose(self, session: Session, message: Message, now: datetime) -> Envelope:
        """One mail with a fresh key; only a press on the page behind it says yes."""
        signed = session.get_one(OrganisationSignOn, message.about_id)
        ask = session.get_one(OrganisationAsk, signed.ask_id)
        return self._envelope(
            session,
            "organisation_board",
            unsealed(session, signed, "email"),
            ask,
            link=self._address(session, ask, Purpose.ANSWER, now),
        )
