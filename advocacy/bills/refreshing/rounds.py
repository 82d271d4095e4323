"""A round: asks each service what changed, then looks at one bill after another until none is due."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from advocacy.bills.actions import track
from advocacy.bills.changes import Change
from advocacy.bills.identifiers import BillKey
from advocacy.bills.models import Bill
from advocacy.bills.queries import key_of
from advocacy.bills.refreshing import turns
from advocacy.bills.refreshing.gates import Gate
from advocacy.bills.refreshing.models import SourceListing
from advocacy.bills.snapshot import Snapshot
from advocacy.bills.sources.source import NoSource, Source, SourceFault, SourceRefusedKey, SourceResting
from advocacy.db import Database
from advocacy.logs import Event, tell

NOT_KEPT = "What its service says could not be kept. Whoever runs the server finds it in the log."


@dataclass(frozen=True)
class Refreshed:
    """What became of one bill; `fault` is the sentence where its source let us down."""

    key: BillKey
    changes: tuple[Change, ...]
    fault: str | None


@dataclass(frozen=True)
class Round:
    """One round of one process. Several at once share the work."""

    database: Database
    choose: Callable[[BillKey], Source]
    gate_for: Callable[[str], Gate]
    clock: Callable[[], datetime]
    left_alone: set[str] = field(default_factory=set)

    def go(self, enough: Callable[[], bool] = bool) -> Iterator[Refreshed]:
        """Look at whatever is due. One bill that fails stops no other; those of a resting service wait."""
        with self.database.transaction() as session:
            turns.begin_turns(session)
            sessions = turns.sessions_followed(session)
        for place, name in sessions:
            if not enough():
                self._list(place, name)
        while not enough() and (taken := self._take()) is not None:
            if (seen := self._look(*taken)) is not None:
                yield seen

    def _take(self) -> tuple[UUID, BillKey] | None:
        with self.database.transaction() as session:
            bill = turns.take_turn(session, self.clock(), self.left_alone)
            return (bill.id, key_of(bill)) if bill else None

    # ---- one bill

    def _look(self, bill_id: UUID, key: BillKey) -> Refreshed | None:
        try:
            source = self.choose(key)
            told = source.fetch(key)
        except (NoSource, SourceResting) as fault:
            self._leave(bill_id, key, is_for_good=isinstance(fault, NoSource))
            return None
        except SourceFault as fault:
            return self._failed(bill_id, key, self.choose(key).name, fault)
        self.gate_for(source.name).worked()
        return self._keep(bill_id, told)

    def _leave(self, bill_id: UUID, key: BillKey, *, is_for_good: bool) -> None:
        self.left_alone.add(key.jurisdiction)
        with self.database.transaction() as session:
            if is_for_good:
                turns.is_done(session, bill_id, self.clock())
            else:
                turns.put_back(session, bill_id)

    def _failed(self, bill_id: UUID, key: BillKey, name: str, fault: SourceFault) -> Refreshed:
        self.gate_for(name).failed(fault)
        if isinstance(fault, SourceRefusedKey):
            self.left_alone.add(key.jurisdiction)
        with self.database.transaction() as session:
            turns.has_failed(session, bill_id, str(fault), self.clock())
        return Refreshed(key, (), str(fault))

    def _keep(self, bill_id: UUID, told: Snapshot) -> Refreshed:
        try:
            with self.database.transaction() as session:
                changes = track(session, told, self.clock()).changes
                turns.is_done(session, bill_id, self.clock())
        except Exception as fault:  # noqa: BLE001
            # Whatever is wrong with one record, the others must not wait behind it for ever.
            tell(Event.BILL_UNSEEN, level=logging.ERROR, id=str(told.key), kind=type(fault).__name__)
            with self.database.transaction() as session:
                turns.has_failed(session, bill_id, NOT_KEPT, self.clock())
            return Refreshed(told.key, (), NOT_KEPT)
        return Refreshed(told.key, changes, None)

    # ---- what changed

    def _list(self, place: str, name: str) -> None:
        began = self.clock()
        with self.database.transaction() as session:
            keys = turns.keys_in(session, place, name)
            try:
                source = self.choose(next(iter(keys)))
            except SourceFault:
                return
            row = turns.take_listing(session, source.name, place, name, began)
            if row is None:
                return
            known = row.told_until_at or session.scalar(
                select(func.min(Bill.fetched_at)).where(Bill.jurisdiction == place, Bill.session == name)
            )
        self._ask(source, (source.name, place, name), keys, known or began, began)

    def _ask(
        self,
        source: Source,
        which: tuple[str, str, str],
        keys: dict[BillKey, UUID],
        since: datetime,
        began: datetime,
    ) -> None:
        gate, changed, told_until = self.gate_for(source.name), list[BillKey](), None
        try:
            changed, told_until = list(source.changed(list(keys), since)), began
        except SourceResting:
            pass
        except SourceFault as fault:
            gate.failed(fault)
        else:
            gate.worked()
        with self.database.transaction() as session:
            row = session.get_one(SourceListing, which)
            turns.ask_for(session, [keys[key] for key in changed], began)
            turns.end_listing(row, told_until=told_until, now=self.clock())
