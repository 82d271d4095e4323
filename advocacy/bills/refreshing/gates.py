"""The gate before each service: how often it is asked, and when it is left alone.

A bucket of tokens fills slowly and is emptied by one for each question, whichever process asks. After several
failures in a row the service rests, longer each time; one more failure after that and it rests again. One
that refuses our key is not asked again until somebody says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import SystemRandom

from sqlalchemy.orm import Session

from advocacy.bills.news.telling import tell_trouble
from advocacy.bills.refreshing.models import SourceState
from advocacy.bills.sources.source import SourceFault, SourceRefusedKey, SourceResting, SourceUnreachable
from advocacy.db import Database, hold_or_begin

STRIKES = 5
"""After so many failures in a row a service rests."""

_FIRST_REST, _LONGEST_REST = timedelta(minutes=5), timedelta(hours=6)


@dataclass(frozen=True)
class Pace:
    """How often a service may be asked: so many at once, and so many an hour in the long run."""

    at_once: int
    an_hour: float


# A free key at Open States is good for 250 a day, one at LegiScan for 30 000 a month; the others bear more.
PACES = {
    "Open States": Pace(10, 10),
    "LegiScan": Pace(30, 40),
    "Congress.gov": Pace(200, 2000),
    "GovInfo": Pace(100, 1000),
}
_OTHERS = Pace(20, 100)


@dataclass(frozen=True)
class Gate:
    """The gate before one service. `patience`: how many seconds a question may wait for its token."""

    database: Database
    source: str
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    patience: float = 10.0
    chance: Callable[[], float] = field(default=SystemRandom().random)

    def take(self) -> None:
        """Wait for a token and take it, or raise `SourceResting`."""
        wait = self._try()
        if wait > self.patience:
            raise SourceResting(f"{self.source} was asked often enough for now. It is asked again by itself.")
        if wait:
            self.sleep(wait)
            if self._try():
                raise SourceResting(f"{self.source} is asked by others just now. Try again in a minute.")

    def _try(self) -> float:
        """Take a token; else how many seconds until there is one."""
        now = self.clock()
        with self.database.transaction() as session:
            row = state_of(session, self.source, now)
            refuse_resting(row, now)
            pace = PACES.get(self.source, _OTHERS)
            passed = max(0.0, (now - row.filled_at).total_seconds())
            row.tokens = min(float(pace.at_once), row.tokens + passed * pace.an_hour / 3600)
            row.filled_at = now
            if row.tokens < 1:
                return (1 - row.tokens) * 3600 / pace.an_hour + 0.01
            row.tokens -= 1
            # It has rested. It is tried; one more failure and it rests again, for longer.
            row.rests_until_at = None
            return 0.0

    def worked(self) -> None:
        """It answered: whatever was the matter is over."""
        now = self.clock()
        with self.database.transaction() as session:
            row = state_of(session, self.source, now)
            row.answered_at, row.failures, row.rests_until_at = now, 0, None
            row.refused_at, row.trouble, row.trouble_since = None, "", None

    def failed(self, fault: SourceFault) -> None:
        """It let us down. A bill it does not know, or one answer nobody can read, is no failure of it."""
        now = self.clock()
        if not isinstance(fault, SourceUnreachable | SourceRefusedKey):
            return
        with self.database.transaction() as session:
            row = state_of(session, self.source, now)
            row.failures, row.trouble = row.failures + 1, str(fault)
            row.trouble_since = row.trouble_since or now.date()
            if isinstance(fault, SourceRefusedKey):
                row.refused_at = row.refused_at or now
            else:
                self._rest(row, fault.wait, now)
            if row.refused_at or row.rests_until_at:
                tell_trouble(session, self.source, row.trouble, since=row.trouble_since, now=now)

    def _rest(self, row: SourceState, asked_for: float | None, now: datetime) -> None:
        if asked_for is not None:
            row.rests_until_at = now + min(timedelta(seconds=asked_for), _LONGEST_REST)
        elif row.failures >= STRIKES:
            longest = min(_FIRST_REST * 2 ** min(row.failures - STRIKES, 10), _LONGEST_REST)
            # Somewhere between half of it and all of it, so that not everybody comes back at once.
            row.rests_until_at = now + longest * (0.5 + self.chance() / 2)


def state_of(session: Session, source: str, now: datetime) -> SourceState:
    """How a service does, held until the transaction ends; a full bucket where nobody asked it yet."""
    pace = PACES.get(source, _OTHERS)
    fresh = SourceState(source=source, tokens=float(pace.at_once), filled_at=now, failures=0, trouble="")
    return hold_or_begin(session, fresh)


def refuse_resting(row: SourceState, now: datetime) -> None:
    """Raise where a service is left alone."""
    if row.refused_at is not None:
        raise SourceResting(f"{row.trouble} It is not asked again until a manager says so.")
    if row.rests_until_at is not None and row.rests_until_at > now:
        until = row.rests_until_at.astimezone(UTC)
        raise SourceResting(f"{row.trouble} It is left alone until {until:%H:%M} UTC.")


def try_again(session: Session, source: str, now: datetime) -> None:
    """Ask a service again that refused our key, or rests: somebody says that it was put right."""
    row = state_of(session, source, now)
    row.refused_at, row.rests_until_at, row.failures = None, None, 0
    session.flush()
