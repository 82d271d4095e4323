"""Follows bills: asks their sources with no transaction open, then keeps each answer in one of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocacy.bills.actions import Tracked, track
from advocacy.bills.changes import Change
from advocacy.bills.identifiers import BillKey, parse_reference
from advocacy.bills.queries import keys_followed
from advocacy.bills.sources.source import NoSource, Source, SourceFault
from advocacy.bills.sources.table import source_for
from advocacy.config import Config
from advocacy.db import Database

SourceFor = Callable[[BillKey], Source]


@dataclass(frozen=True)
class Refreshed:
    """What became of one bill in a refresh; `fault` is the sentence where its source let us down."""

    key: BillKey
    changes: tuple[Change, ...]
    fault: str | None


def track_reference(database: Database, config: Config, reference: str, now: datetime) -> UUID:
    """Begin to follow the bill a person typed, or look again at one we follow."""
    return look(database, config, parse_reference(reference), now).bill_id


def look(database: Database, config: Config, key: BillKey, now: datetime) -> Tracked:
    """Ask the service for a bill's place what it says now, and keep it; or one of the service's faults."""
    told = source_for(config, key).fetch(key)
    with database.transaction() as session:
        return track(session, told, now)


def refresh(database: Database, config: Config, now: datetime) -> tuple[Refreshed, ...]:
    """Look again at every bill we follow, each at the service for its place."""
    return refresh_all(database, lambda key: source_for(config, key), now)


def refresh_all(database: Database, choose: SourceFor, now: datetime) -> tuple[Refreshed, ...]:
    """Look again at every bill. One that fails stops no other; one without a service is left alone."""
    with database.reading() as session:
        keys = keys_followed(session)
    looked = (_look(database, choose, key, now) for key in keys)
    return tuple(found for found in looked if found)


def _look(database: Database, choose: SourceFor, key: BillKey, now: datetime) -> Refreshed | None:
    try:
        told = choose(key).fetch(key)
    except NoSource:
        return None
    except SourceFault as fault:
        return Refreshed(key, (), str(fault))
    with database.transaction() as session:
        return Refreshed(key, track(session, told, now).changes, None)
