"""The campaigns we can start: each folder of `campaigns/` as one frozen value, or its faults by line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from advocacy.bills.identifiers import BadReference, BillKey, parse_reference
from advocacy.campaigns.faults import Fault, Notebook, PlaybookFaults
from advocacy.campaigns.sheets import Sheet, open_sheet
from advocacy.campaigns.texts import Text, read_text
from advocacy.letters.actions import Office
from advocacy.people.models import Language
from advocacy.positions.stances import Stance

SHEET = "campaign.toml"
_BILL_PLACES = frozenset({"bill", "bill_title"})


class UnknownZone(Exception):
    """Write it as America/New_York, Europe/Zurich or the like."""


@dataclass(frozen=True)
class BillAsk:
    """The bill a playbook was written for, and where it stands on which text of it."""

    key: BillKey
    stance: Stance
    text_version: str


@dataclass(frozen=True)
class Deadline:
    """A time of day, so many days after the start."""

    days: int
    at: time

    def instant(self, start: datetime, zone: str) -> datetime:
        """The moment itself, by the clocks of that zone."""
        there = ZoneInfo(zone)
        return datetime.combine(start.astimezone(there).date() + timedelta(self.days), self.at, there)


@dataclass(frozen=True)
class LetterDraft:
    """A letter to begin with."""

    text: Text
    language: str
    implies_survivor: bool
    offices: tuple[Office, ...]


@dataclass(frozen=True)
class TestimonyDraft:
    """A testimony to begin with, what its witness may say aloud, and its hearing."""

    # The class is no test; pytest must not collect it.
    __test__ = False

    letter: LetterDraft
    spoken: Text
    committee: str
    place: str
    hearing_days: int


@dataclass(frozen=True)
class Note:
    """The words before the letter, in one language."""

    language: str
    text: Text


@dataclass(frozen=True)
class Playbook:
    """All that a campaign starts with."""

    name: str
    title: str
    summary: str
    zone: str
    bill: BillAsk | None
    soft: Deadline
    hard: Deadline
    position: Text
    review_days: int
    letter: LetterDraft
    notes: tuple[Note, ...]
    testimony: TestimonyDraft | None


@dataclass(frozen=True)
class Shelf:
    """Every playbook that can be started, and what is wrong with the others."""

    playbooks: tuple[Playbook, ...]
    faults: tuple[Fault, ...]

    def find(self, name: str) -> Playbook | None:
        """The playbook in the folder of that name."""
        return next((one for one in self.playbooks if one.name == name), None)


def read_all(root: Path, venues: Collection[str]) -> Shelf:
    """Every folder below `root`. One that is wrong keeps none of the others from being started."""
    playbooks: list[Playbook] = []
    faults: list[Fault] = []
    folders = sorted(path for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    for folder in folders:
        try:
            playbooks.append(read(folder, venues))
        except PlaybookFaults as found:
            faults.extend(found.faults)
    return Shelf(tuple(playbooks), tuple(faults))


def read(folder: Path, venues: Collection[str]) -> Playbook:
    """The playbook in one folder, or `PlaybookFaults` with every fault. `venues` are the bodies we know."""
    notebook = Notebook(folder.name)
    sheet = open_sheet(folder / SHEET, notebook)
    playbook = _Reader(folder, notebook, venues).playbook(sheet) if sheet else None
    if playbook is None or notebook.faults:
        raise PlaybookFaults(notebook.faults)
    return playbook


class _Reader:
    """Reads one folder; what is wrong goes into the notebook."""

    def __init__(self, folder: Path, notebook: Notebook, venues: Collection[str]) -> None:
        self._folder, self._notebook, self._venues = folder, notebook, venues
        self._places: frozenset[str] = frozenset()

    def playbook(self, sheet: Sheet) -> Playbook:
        bill = self._bill(sheet.table("bill")) if sheet.has("bill") else None
        self._places = _BILL_PLACES if sheet.has("bill") else frozenset()
        soft, hard = self._deadlines(sheet.table("deadlines"))
        found = Playbook(
            name=self._folder.name,
            title=sheet.text("title"),
            summary=sheet.text("summary"),
            zone=sheet.read("zone", _zone, UnknownZone) or "UTC",
            bill=bill,
            soft=soft,
            hard=hard,
            position=self._text("position.md"),
            review_days=sheet.days("review_days", 365),
            letter=self._letter(sheet.table("letter"), "letter.md"),
            notes=self._notes(),
            testimony=self._testimony(sheet.table("testimony")) if sheet.has("testimony") else None,
        )
        sheet.leave()
        return found

    def _bill(self, table: Sheet) -> BillAsk | None:
        key = table.read("reference", parse_reference, BadReference)
        stance = table.choice("stance", list(Stance))
        text_version = table.text("text_version", "")
        table.leave()
        return BillAsk(key, Stance(stance), text_version) if key and stance in list(Stance) else None

    def _deadlines(self, table: Sheet) -> tuple[Deadline, Deadline]:
        soft, hard = (self._deadline(table.table(key)) for key in ("soft", "hard"))
        if (soft.days, soft.at) > (hard.days, hard.at):
            table.fault("hard", "The hard deadline must not come before the soft one.")
        table.leave()
        return soft, hard

    def _deadline(self, table: Sheet) -> Deadline:
        found = Deadline(table.days("days"), table.clock("at"))
        table.leave()
        return found

    def _letter(self, table: Sheet, file: str) -> LetterDraft:
        found = self._draft(table, file)
        table.leave()
        return found

    def _draft(self, table: Sheet, file: str) -> LetterDraft:
        return LetterDraft(
            text=self._text(file),
            language=table.choice("language", list(Language), Language.ENGLISH),
            implies_survivor=table.flag("implies_survivor"),
            offices=tuple(self._office(one) for one in table.tables("recipients")),
        )

    def _office(self, table: Sheet) -> Office:
        found = Office(
            office=table.text("office"),
            salutation=table.text("salutation"),
            address=table.text("address"),
            venue=table.choice("venue", self._venues),
            email=table.text("email", "") or None,
        )
        table.leave()
        return found

    def _testimony(self, table: Sheet) -> TestimonyDraft:
        found = TestimonyDraft(
            letter=self._draft(table, "testimony.md"),
            spoken=self._text("testimony-spoken.md"),
            committee=table.text("committee"),
            place=table.text("place", ""),
            hearing_days=table.days("hearing_days"),
        )
        table.leave()
        return found

    def _notes(self) -> tuple[Note, ...]:
        notes = [Note(Language.ENGLISH, self._text("invitation.md"))]
        if (self._folder / "invitation.es.md").exists():
            notes.append(Note(Language.SPANISH, self._text("invitation.es.md")))
        return tuple(notes)

    def _text(self, file: str) -> Text:
        return read_text(self._folder / file, self._notebook, self._places)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise UnknownZone(f"“{name}” is not a time zone. {UnknownZone.__doc__}") from fault
