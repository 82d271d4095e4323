"""What the pages about a letter show, gathered into values a template can read. No name of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from advocacy.campaigns.queries import campaign_of_letter
from advocacy.editions.queries import editions, left
from advocacy.letters import venues
from advocacy.letters.models import Letter, LetterKind, LetterVersion, Opening, Recipient
from advocacy.letters.queries import approval, current_opening, latest_version, letters, recipients, version
from advocacy.letters.venues import Venue
from advocacy.positions.stances import Stance
from advocacy.signons.queries import Progress, progress
from advocacy.signons.small_numbers import NEARLY_ALL, NOT_TOLD

_KINDS = {LetterKind.SIGN_ON: "Sign-on letter", LetterKind.TESTIMONY: "Testimony"}


@dataclass(frozen=True)
class OfficeView:
    """One office a letter goes to, and what the body it belongs to does with it."""

    office: str
    salutation: str
    address: tuple[str, ...]
    email: str | None
    venue: Venue | None
    becomes_public: str
    stance_word: str
    warning: str


@dataclass(frozen=True)
class OpeningView:
    """Which version people are asked to sign, and until when."""

    version_id: UUID
    version_n: int
    closes_at: datetime
    closes_zone: str
    is_open: bool


@dataclass(frozen=True)
class LetterLine:
    """A letter as one line of a list."""

    id: UUID
    title: str
    kind: str
    is_testimony: bool
    campaign: str
    opening: OpeningView | None
    progress: Progress
    sent: str

    @property
    def people_told(self) -> str:
        """How many people signed, in words, as far as the office may read it."""
        told = self.progress.signed_told
        return {NEARLY_ALL: "Nearly everybody asked", NOT_TOLD: "Too few asked to tell how many"}.get(
            told, f"{told.capitalize()} people"
        )


@dataclass(frozen=True)
class Step:
    """One step on a letter's way, and how far it is."""

    name: str
    told: str
    state: str


@dataclass(frozen=True)
class LetterView:
    """A letter with where it stands."""

    letter: Letter
    line: LetterLine
    newest: LetterVersion
    stance: str
    is_approved: bool
    is_mine: bool
    offices: tuple[OfficeView, ...]
    campaign_id: UUID | None

    @property
    def newest_is_open(self) -> bool:
        """Whether people are asked to sign the newest words."""
        opening = self.line.opening
        return opening is not None and opening.is_open and opening.version_id == self.newest.id

    @property
    def steps(self) -> tuple[Step, ...]:
        """The way of a letter: written, approved, signed, printed and delivered."""
        opening = self.line.opening
        opened = opening is not None and opening.version_id == self.newest.id
        asked = (
            "now" if self.newest_is_open else "done" if opened else "next" if self.is_approved else "later"
        )
        closed = opened and not self.newest_is_open
        answered = "done" if closed or (self.line.is_testimony and self.line.progress.signed) else "later"
        printed = {"not printed": "later", "delivered": "done"}.get(self.line.sent, "now")
        return (
            Step("Written", f"version {self.newest.n}", "done"),
            Step("Approved", *self._approved()),
            Step("Sign-ons", _asked(opening if opened else None), asked),
            Step("Witness" if self.line.is_testimony else "Signed", self._signed(), answered),
            Step("Sent", self.line.sent, printed),
        )

    def _signed(self) -> str:
        counts = self.line.progress
        if self.line.is_testimony:
            return "has answered" if counts.signed else "has not answered"
        groups = f", {counts.organisations} organisations" if counts.organisations else ""
        return f"{self.line.people_told}{groups}"

    def _approved(self) -> tuple[str, str]:
        told = "by a second person" if self.is_approved else "waits for a second person"
        return told, "done" if self.is_approved else "next"


def _asked(opening: OpeningView | None) -> str:
    if opening is None:
        return "not open for this version"
    return "open" if opening.is_open else "closed"


def letter_lines(session: Session, now: datetime) -> tuple[LetterLine, ...]:
    """Every letter as a line, the newest first."""
    found = ((letter, latest_version(session, letter.id)) for letter in letters(session))
    return tuple(_line(session, letter, newest, now) for letter, newest in found if newest)


def letter_view(
    session: Session, letter: Letter, newest: LetterVersion, me: UUID, now: datetime
) -> LetterView:
    """All that the page of a letter shows, but for its text."""
    campaign = campaign_of_letter(session, letter.id)
    return LetterView(
        letter=letter,
        line=_line(session, letter, newest, now),
        newest=newest,
        stance=Stance(letter.stance).label if letter.stance else "",
        is_approved=approval(session, newest.id) is not None,
        is_mine=newest.written_by == me,
        offices=office_views(letter, recipients(session, letter.id)),
        campaign_id=campaign.id if campaign else None,
    )


def _line(session: Session, letter: Letter, newest: LetterVersion, now: datetime) -> LetterLine:
    opening = opening_view(session, current_opening(session, letter.id), now)
    campaign = campaign_of_letter(session, letter.id)
    return LetterLine(
        id=letter.id,
        title=newest.title,
        kind=kind_of(letter),
        is_testimony=letter.kind == LetterKind.TESTIMONY,
        campaign=campaign.title if campaign else "",
        opening=opening,
        progress=progress(session, letter.id, opening.version_id if opening else None),
        sent=_sent(session, letter.id),
    )


def _sent(session: Session, letter_id: UUID) -> str:
    frozen = editions(session, letter_id)
    reached = {copy.recipient_id for one in frozen for copy in left(session, one.id)}
    offices = {office.id for office in recipients(session, letter_id)}
    if not reached:
        return "printed, not delivered" if frozen else "not printed"
    missing = len(offices - reached)
    return f"delivered to {len(offices) - missing} of {len(offices)} offices" if missing else "delivered"


def kind_of(letter: Letter) -> str:
    """The kind of a letter as people say it."""
    return _KINDS[LetterKind(letter.kind)]


def opening_view(session: Session, opening: Opening | None, now: datetime) -> OpeningView | None:
    """Which version is, or was last, open for sign-ons."""
    opened = version(session, opening.version_id) if opening else None
    if opening is None or opened is None:
        return None
    is_open = opening.opened_at <= now < opening.closes_at
    return OpeningView(opened.id, opened.n, opening.closes_at, opening.closes_zone or "", is_open)


def office_views(letter: Letter, goes_to: Sequence[Recipient]) -> tuple[OfficeView, ...]:
    """The offices with the rules of their venues."""
    return tuple(_office(letter, row) for row in goes_to)


def _office(letter: Letter, row: Recipient) -> OfficeView:
    venue = venues.known().get(row.venue)
    said = venue.stances.get(letter.stance or "") if venue else None
    return OfficeView(
        office=row.office,
        salutation=row.salutation,
        address=tuple(row.address.splitlines()),
        email=row.email,
        venue=venue,
        becomes_public=venues.becomes_public(row.venue, letter.language),
        stance_word=said.word if said else "",
        warning=said.warning if said else "",
    )
