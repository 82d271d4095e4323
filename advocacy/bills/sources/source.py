"""What every bill service looks like from inside, and the few ways it can let us down."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from advocacy.bills.identifiers import BillKey
from advocacy.bills.snapshot import Snapshot


class SourceFault(Exception):
    """The bill service could not be used. What is known about the bill stays as it was."""


class SourceUnreachable(SourceFault):
    """The bill service does not answer, or is down. Nothing is lost; try again later."""

    def __init__(self, sentence: str = "", *, wait: float | None = None) -> None:
        """`wait`: for how many seconds it asked to be left alone."""
        super().__init__(sentence)
        self.wait = wait


class SourceResting(SourceFault):
    """The bill service is left alone for a while. Nothing is lost; it is asked again by itself."""


class SourceRefusedKey(SourceFault):
    """The bill service refuses our key. A manager has to set a working one."""


class BillUnknown(SourceFault):
    """The bill service has no such bill. Check the place, the session and the number."""


class SourceAnsweredNonsense(SourceFault):
    """The bill service answered something nobody can read. Nothing was changed."""


class NoSource(SourceFault):
    """No service is set up for bills from this place. It can be entered by hand."""


class Source(Protocol):
    """One service that publishes bills. `fetch` keeps no connection and opens no transaction."""

    @property
    def name(self) -> str:
        """How pages name this service."""

    def fetch(self, key: BillKey) -> Snapshot:
        """All the service says about this bill now, or one of the faults above."""

    def changed(self, keys: Collection[BillKey], since: datetime) -> Collection[BillKey]:
        """Which of these bills, all of one session, it may know something new of since a moment.

        Some that did not change may be among them; none that did is missing.
        """


class Gate(Protocol):
    """What stands before a service."""

    def take(self) -> None:
        """Wait for leave to ask once, or raise a `SourceFault`."""


class Open:
    """A gate that stands open."""

    def take(self) -> None:
        """Always."""


OPEN = Open()
