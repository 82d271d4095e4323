"""Follows bills: asks their sources with no transaction open, then keeps each answer in one of its own."""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from advocacy.bills.actions import Tracked, track
from advocacy.bills.identifiers import BillKey, parse_reference
from advocacy.bills.refreshing.gates import Gate
from advocacy.bills.refreshing.rounds import Round
from advocacy.bills.refreshing.turns import begin_turns, is_done
from advocacy.bills.sources.asking import PATIENT, Patience
from advocacy.bills.sources.source import SourceFault
from advocacy.bills.sources.table import source_for
from advocacy.bills.texts.fetching import Fetched, fetch
from advocacy.bills.texts.keeping import fetch_one
from advocacy.config import Config
from advocacy.db import Database

# Nobody waits for a page in the worker: what fails is tried again in its next turn, and not at once.
_AT_LEISURE = Patience(retries=0)


def track_reference(database: Database, config: Config, reference: str, now: datetime) -> UUID:
    """Begin to follow the bill a person typed, or look again at one we follow."""
    return look(database, config, parse_reference(reference), now).bill_id


def look(database: Database, config: Config, key: BillKey, now: datetime) -> Tracked:
    """Ask the service for a bill's place what it says now, and keep it; or one of the service's faults."""
    gates = _gates(database, lambda: now)
    source = source_for(config, key, gates, PATIENT)
    try:
        told = source.fetch(key)
    except SourceFault as fault:
        gates(source.name).failed(fault)
        raise
    gates(source.name).worked()
    with database.transaction() as session:
        tracked = track(session, told, now)
        begin_turns(session)
        is_done(session, tracked.bill_id, now)
    return tracked


def round_of(database: Database, config: Config, clock: Callable[[], datetime]) -> Round:
    """A round over every bill we follow, each at the service for its place."""
    gates = _gates(database, clock, patience=5.0)
    return Round(database, lambda key: source_for(config, key, gates, _AT_LEISURE), gates, clock)


def _gates(database: Database, clock: Callable[[], datetime], patience: float = 10.0) -> "_GateFor":
    return lambda name: Gate(database, name, clock, time.sleep, patience)


_GateFor = Callable[[str], Gate]


def read_texts(
    database: Database,
    now: datetime,
    *,
    bill_id: UUID | None = None,
    most: int = 20,
    get: Callable[[str], Fetched] = fetch,
) -> int:
    """Fetch texts we have no words of, of one bill or of any; how many were tried."""
    tried = 0
    while tried < most and fetch_one(database, get, now, bill_id):
        tried += 1
    return tried
