"""How long things are kept: every rule of `docs/data-inventory.md` by its name, and the round that forgets.

A round works batch by batch, each in its own transaction. It may be killed anywhere, and run twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from advocacy.clock import day_in, end_of_day
from advocacy.db import Database, sweep_traces
from advocacy.editions.sweeping import destroy_all_void, end_holds
from advocacy.mail.models import Message
from advocacy.organisations.asking import forget_unanswered
from advocacy.people.models import Challenge, OfficeSession, RoleChange, SecondedAct, SignInLink
from advocacy.signons.actions import forget_all_kept
from advocacy.signons.lost import forget_lost
from advocacy.signons.models import Consent, Reveal

BATCH = 500

_Column = InstrumentedAttribute[Any]


def kept_until(zone: str, now: datetime, days: int) -> datetime:
    """Whatever ended before this instant was kept for so many whole days after its own, and may go."""
    return end_of_day(zone, day_in(zone, now) - timedelta(days=days + 1))


@dataclass(frozen=True)
class Rule:
    """What is over so many days after its end. `cleared` columns are emptied; without them the row goes."""

    days: int
    key: _Column
    over: Callable[[datetime], ColumnElement[bool]]
    cleared: Mapping[str, object] | None = None

    def forget(self, session: Session, before: datetime) -> int:
        """Forget one batch of what was over before this instant; how many rows."""
        due = select(self.key).where(self.over(before)).order_by(self.key).limit(BATCH)
        keys = session.scalars(due.with_for_update(skip_locked=True)).all()
        chosen = self.key.in_(keys)
        table = self.key.class_
        if self.cleared is None:
            session.execute(delete(table).where(chosen))
        else:
            session.execute(update(table).where(chosen).values(**self.cleared))
        return len(keys)

    def last(self, zone: str, now: datetime) -> datetime:
        """The instant before which it must have ended to be forgotten now; no days means at once."""
        return kept_until(zone, now, self.days) if self.days else now


def _mail_settled(before: datetime) -> ColumnElement[bool]:
    done = or_(Message.sent_at < before, Message.dropped_at < before, Message.settled_at < before)
    return done & or_(Message.person_id.is_not(None), Message.fault != "")


def _proposed_no_more(_: datetime) -> ColumnElement[bool]:
    return ~select(SecondedAct.id).where(SecondedAct.about_id == RoleChange.id).exists()


def _asked_long_ago(before: datetime) -> ColumnElement[bool]:
    lately = select(SecondedAct.id).where(SecondedAct.about_id == Reveal.id, SecondedAct.until_at >= before)
    return ~lately.exists()


RULES: Mapping[str, Rule] = {
    "sign-in-link": Rule(1, SignInLink.id, lambda before: SignInLink.ends_at < before),
    "office-session": Rule(0, OfficeSession.key_hash, lambda before: OfficeSession.ends_at <= before),
    "challenge": Rule(0, Challenge.challenge_hash, lambda before: Challenge.ends_at <= before),
    "proposal": Rule(
        30, SecondedAct.id, lambda before: (SecondedAct.until_at < before) & SecondedAct.used_at.is_(None)
    ),
    "proposed-change": Rule(0, RoleChange.id, _proposed_no_more),
    "reveal": Rule(30, Reveal.id, _asked_long_ago),
    "mail-settled": Rule(90, Message.id, _mail_settled, {"person_id": None, "fault": ""}),
    "lapsed-line": Rule(
        30,
        Consent.id,
        lambda before: (Consent.latest_at < before) & Consent.line.is_not(None),
        {"line": None},
    ),
}
"""The rules that a whole table follows by one date of its own."""

OF_ROOMS = ("kept-choices", "throttle", "undo", "lost-link", "unanswered", "void-file", "legal-hold")
"""The rules that the rooms carry out themselves, in the same round."""

WITHOUT_A_CLOCK = ("stays", "erasure", "holder", "replaced")
"""The rules that no round carries out: an erasure does, a change does, or nothing."""


def _never() -> bool:
    return False


def forget_due(
    database: Database, *, zone: str, now: datetime, stopping: Callable[[], bool] = _never
) -> Mapping[str, int]:
    """Forget whatever is due; how many rows by which rule."""
    with database.transaction() as session:
        forget_all_kept(session, now)
        forget_lost(session, now)
        forget_unanswered(session, now)
    forgotten = {
        name: _all_of(database, rule, rule.last(zone, now), stopping) for name, rule in RULES.items()
    }
    forgotten["legal-hold"] = end_holds(database, now)
    forgotten["void-file"] = destroy_all_void(database, now)
    # Whatever was erased since the last round is not to be read in the write-ahead log either.
    sweep_traces(database)
    return forgotten


def _all_of(database: Database, rule: Rule, before: datetime, stopping: Callable[[], bool]) -> int:
    total = 0
    while not stopping():
        with database.transaction() as session:
            done = rule.forget(session, before)
        total += done
        if done < BATCH:
            break
    return total
