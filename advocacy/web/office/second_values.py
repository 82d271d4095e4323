"""What waits for a second person, as the page shows it: only what this reader may second."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy import differences
from advocacy.editions.actions import DELIVER
from advocacy.editions.agreements import Agreement, waiting
from advocacy.editions.queries import is_void
from advocacy.letters import mending
from advocacy.letters.mending import SaidTypo, said_typos
from advocacy.letters.queries import latest_version, version
from advocacy.people import exporting
from advocacy.people.access import may_second
from advocacy.people.exporting import asked_for_roster
from advocacy.people.models import Person, SecondedAct
from advocacy.people.queries import names_of
from advocacy.people.role_changes import waiting_changes
from advocacy.people.sessions import Seat
from advocacy.signons import revealing
from advocacy.signons.revealing import Asked, waiting_reveals
from advocacy.web.office.letter_changes import changed_words
from advocacy.web.office.role_values import Change, change_of


@dataclass(frozen=True)
class Delivery:
    """One proposed delivery, and whether the person who looks may second it."""

    agreement: Agreement
    title: str
    is_mine: bool
    is_void: bool


@dataclass(frozen=True, repr=False)
class AskedName:
    """Somebody asks who is behind a line: on which letter, and who she is."""

    asked: Asked
    title: str
    to: str
    is_mine: bool


@dataclass(frozen=True, repr=False)
class AskedFile:
    """Somebody asks for the roster as a file, and who she is."""

    act: SecondedAct
    to: str
    is_mine: bool


@dataclass(frozen=True)
class AskedTypo:
    """Somebody says that new words only mend a typo: what changes, word by word, and who says so."""

    said: SaidTypo
    to: str
    is_mine: bool

    @property
    def segments(self) -> Sequence[differences.Segment]:
        """The words that go and come, in their places."""
        return changed_words(self.said.before, self.said.version)

    @property
    def passages(self) -> Sequence[Sequence[differences.Segment]]:
        """The paragraphs in which something changes."""
        return differences.passages(self.segments)


@dataclass(frozen=True, repr=False)
class ToSecond:
    """All of it, by kind."""

    changes: Sequence[Change]
    names: Sequence[AskedName]
    files: Sequence[AskedFile]
    deliveries: Sequence[Delivery]
    typos: Sequence[AskedTypo]

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.changes or self.names or self.files or self.deliveries or self.typos)


def to_second(session: Session, reader: Seat, now: datetime) -> ToSecond:
    """Every proposal that waits for a second person, of those this reader may second."""

    def may(act: str) -> bool:
        return may_second(reader.roles, act)

    changes = [one for one in waiting_changes(session, now) if may(one.act.act)]
    names = waiting_reveals(session, now) if may(revealing.ACT) else ()
    files = asked_for_roster(session, now) if may(exporting.ACT) else ()
    deliveries = waiting(session, now) if may(DELIVER) else ()
    typos = said_typos(session, now) if may(mending.ACT) else ()
    return ToSecond(
        changes=[change_of(session, one, reader) for one in changes],
        names=[_name(session, one, reader) for one in names],
        files=[_file(session, one, reader) for one in files if one.seconded_by is None],
        deliveries=[_delivery(session, one, reader, now) for one in deliveries],
        typos=[_typo(session, one, reader) for one in typos],
    )


def _name(session: Session, one: Asked, reader: Seat) -> AskedName:
    newest = latest_version(session, one.letter_id)
    is_mine = one.act.proposed_by == reader.person_id
    return AskedName(one, newest.title if newest else "", _proposer(session, one.act), is_mine)


def _typo(session: Session, one: SaidTypo, reader: Seat) -> AskedTypo:
    return AskedTypo(one, _proposer(session, one.act), one.act.proposed_by == reader.person_id)


def _file(session: Session, act: SecondedAct, reader: Seat) -> AskedFile:
    return AskedFile(act, _proposer(session, act), act.proposed_by == reader.person_id)


def _delivery(session: Session, one: Agreement, reader: Seat, now: datetime) -> Delivery:
    written = version(session, one.edition.version_id)
    return Delivery(
        agreement=one,
        title=written.title if written else "",
        is_mine=one.proposed_by == reader.person_id,
        is_void=is_void(session, one.edition, now),
    )


def _proposer(session: Session, act: SecondedAct) -> str:
    return names_of(session, session.get_one(Person, act.proposed_by)).name
