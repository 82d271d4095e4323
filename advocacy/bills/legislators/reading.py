"""Reads all files of a folder, an archive or an address into what each family tells. Nothing is written."""

from collections.abc import Collection
from datetime import date

from advocacy.bills.legislators import congress_files, openstates_files
from advocacy.bills.legislators.facts import Told
from advocacy.bills.legislators.opening import File, opened


def read_files(origin: str, today: date, places: Collection[str] = ()) -> tuple[Told, ...]:
    """What each family of files at a path or web address says; of these places only, where some are given.

    Raises `CannotRead` where there is nothing to read. A broken file is a fault, and the rest is read.
    """
    federal, states = Told(congress_files.FAMILY), Told(openstates_files.FAMILY)
    with opened(origin) as found:
        for file in found.files:
            _take(federal, states, file, today, places, is_whole=found.is_whole)
    return tuple(told for told in (federal, states) if told.places or told.faults)


def _take(
    federal: Told, states: Told, file: File, today: date, places: Collection[str], *, is_whole: bool
) -> None:
    text = file.content.decode("utf-8", "replace")
    if file.name.rpartition("/")[2] in congress_files.NAMES:
        if not places or "us" in places:
            congress_files.read(federal, file.name, text)
        return
    where = openstates_files.PATH.search(file.name)
    if where and places and where[1] not in places:
        return
    before = len(states.faults)
    openstates_files.read(states, file.name, text, today)
    if where and is_whole:
        _note_whole(states, where[2], where[1], is_broken=len(states.faults) > before)


def _note_whole(states: Told, folder: str, place: str, *, is_broken: bool) -> None:
    # One broken file is enough: the person in it would look as if they were gone.
    kind = {"legislature": "people", "committees": "committees"}[folder]
    mark, broken = (kind, place), (f"broken {kind}", place)
    if is_broken:
        states.whole.discard(mark)
        states.whole.add(broken)
    elif broken not in states.whole:
        states.whole.add(mark)
