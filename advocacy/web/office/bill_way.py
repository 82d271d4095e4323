"""Where a bill stands, as a picture: the stops on its way, and how far it has come. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from advocacy.bills.identifiers import BillKey
from advocacy.bills.status import Stage

_LAW = ("Introduced", "In committee", "Before the chamber", "One chamber", "Both chambers", "Law")
_BOTH = ("Introduced", "In committee", "Before the chamber", "One chamber", "Agreed to")
_OWN = ("Introduced", "In committee", "Before the chamber", "Agreed to")

_HOW_FAR: Mapping[Stage, int] = {
    Stage.UNKNOWN: -1,
    Stage.RESERVED: -1,
    Stage.INTRODUCED: 0,
    Stage.IN_COMMITTEE: 1,
    Stage.ORDERED_REPORTED: 1,
    Stage.REPORTED: 2,
    Stage.ON_CALENDAR: 2,
    Stage.PASSED_ONE: 3,
    Stage.DIFFERENCES: 3,
    Stage.PASSED_BOTH: 4,
    Stage.PRESENTED: 4,
    Stage.LAW: 5,
}
_ENDED = frozenset({Stage.VETOED, Stage.FAILED, Stage.WITHDRAWN, Stage.DIED})


@dataclass(frozen=True)
class Stop:
    """One stop: `done`, `here` where the bill stands, `later`, or `ended` where it went no further."""

    label: str
    state: str


def way(key: BillKey, stage: Stage) -> tuple[Stop, ...]:
    """The way of a bill of this kind, and where it stands on it."""
    if stage in _ENDED:
        # How far it had come is not told by the stage, so the picture does not claim it.
        return (Stop("Introduced", "done"), Stop(str(stage).capitalize(), "ended"))
    stops = _stops(key)
    here = len(stops) - 1 if stage is Stage.AGREED else min(_HOW_FAR[stage], len(stops) - 1)
    return tuple(Stop(label, _state(place, here)) for place, label in enumerate(stops))


def _state(place: int, here: int) -> str:
    return "done" if place < here else "here" if place == here else "later"


def _stops(key: BillKey) -> tuple[str, ...]:
    if key.jurisdiction != "us":
        return _LAW
    if key.prefix in ("HRES", "SRES"):
        return _OWN
    return _BOTH if key.prefix in ("HCONRES", "SCONRES") else _LAW
