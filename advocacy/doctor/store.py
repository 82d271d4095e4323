"""The database and what only it can tell: tables, keys that fit, the log, terms, waiting mail, the worker."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from advocacy import audit
from advocacy.bills.legislators.queries import readings
from advocacy.bills.standings import misfits
from advocacy.bills.words import wordless
from advocacy.clock import day_in
from advocacy.config import Config
from advocacy.db import Database
from advocacy.doctor.copies import check_copies
from advocacy.doctor.finding import Finding, look, ok, wrong
from advocacy.doctor.terms import check_terms
from advocacy.key_file import Keys, KeysRefused
from advocacy.mail.queries import due_since, refused_since
from advocacy.paths import MIGRATIONS
from advocacy.vault import CannotOpen, check_keys

_LATE = timedelta(minutes=15)
_LONG = timedelta(hours=1)
_OLD = timedelta(days=60)
_UPGRADE = "Run: advocacy db upgrade"


def check_store(config: Config, now: datetime) -> Iterator[Finding]:
    """Everything the database can tell; nothing is made where there is none yet."""
    if _is_missing(config.database_url):
        yield wrong("database", "There is no database yet.", _UPGRADE)
        return
    with closing(Database(config.database_url)) as database:
        try:
            with database.reading() as session:
                yield from look_inside(session, config, now)
        except DBAPIError as fault:
            # The driver's own words can hold the address of the database with its password.
            says = f"The database cannot be read ({type(fault.orig).__name__})."
            yield wrong("database", says, "Check DATABASE_URL, and that the database runs.")


def look_inside(session: Session, config: Config, now: datetime) -> Iterator[Finding]:
    """What an open database tells."""
    tables = _tables(session)
    yield tables
    if tables.state != "ok":
        return
    yield _keys_fit(session, config.keys_file)
    yield _log(session)
    today = day_in(config.time_zone, now)
    yield from check_terms(session, today)
    yield check_copies(session, today)
    yield _standings(session)
    yield _legislators(session, now)
    yield _words(session)
    yield _mail(session, now)
    yield _worker(config.worker_seen, now)


def not_ready(session: Session, config: Config, now: datetime) -> Iterator[str]:
    """What of an open database keeps us from working, by one word each."""
    if _tables(session).state != "ok":
        yield "migrations"
        return
    try:
        check_keys(session)
    except (KeysRefused, CannotOpen):
        yield "keys"
    if _worker(config.worker_seen, now).state == "wrong":
        yield "worker"


def _is_missing(url: str) -> bool:
    parsed = make_url(url)
    return parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file()


def _tables(session: Session) -> Finding:
    newest = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    here = MigrationContext.configure(session.connection()).get_current_revision()
    if here is None:
        return wrong("database", "The database has no tables yet.", _UPGRADE)
    if here != newest:
        says = f"The tables are those of step {here}; this version needs step {newest}."
        return wrong("database", says, f"Make a backup, stop everything, and run: {_UPGRADE[5:]}")
    return ok("database", f"The database answers, and its tables are the newest ({here}).")


def _keys_fit(session: Session, path: Path) -> Finding:
    try:
        session.info["keys"] = Keys.read(path)
        check_keys(session)
    except KeysRefused as fault:
        return wrong("keys.fit", str(fault), "Nothing opens before that is mended.")
    return ok("keys.fit", "The keys open what is stored.")


def _log(session: Session) -> Finding:
    verdict = audit.verify(session)
    if not verdict.holds:
        says = f"The log is broken at entry {verdict.broken_at}: somebody changed it."
        return wrong("log", says, "Keep this database as it is and ask for help.")
    return ok("log", f"The log holds, all {verdict.entries} entries of it.")


def _standings(session: Session) -> Finding:
    wrong_ones = [f"{bill.jurisdiction} {bill.session} {bill.identifier}" for bill in misfits(session)]
    if wrong_ones:
        says = f"Where {len(wrong_ones)} bills stand does not fit their steps, {wrong_ones[0]} for one."
        return wrong("bills.standing", says, "Run: advocacy bills renew")
    return ok("bills.standing", "Where each bill stands fits its steps.")


def _words(session: Session) -> Finding:
    missed = sum(1 for _ in wordless(session))
    if missed:
        return wrong("bills.search", f"A search misses words of {missed} bills.", "Run: advocacy bills renew")
    return ok("bills.search", "A search finds the words of every bill.")


def _legislators(session: Session, now: datetime) -> Finding:
    mend = "Run: advocacy legislators import PATH_OR_URL"
    read = readings(session)
    if not read:
        return look("legislators", "No legislators and committees were ever taken in.", mend)
    old = min(read, key=lambda one: one.read_at)
    if now - old.read_at > _OLD:
        says = f"Legislators of {old.jurisdiction.upper()} were taken in {spoken(now - old.read_at)} ago."
        return look("legislators", says, mend)
    return ok("legislators", "Legislators and committees were taken in within sixty days.")


def _mail(session: Session, now: datetime) -> Finding:
    due = due_since(session, now)
    if due is not None and now - due > _LATE:
        says = f"Mail waits since {spoken(now - due)} and nobody takes it in hand."
        return wrong("mail.waiting", says, "Start the worker: systemctl start advocacy-worker")
    refused = refused_since(session)
    if refused is not None and now - refused > _LONG:
        says = f"The mail server has not taken some mail for {spoken(now - refused)}."
        return wrong("mail.waiting", says, "See what is said of the mail server below.")
    return ok("mail.waiting", "No mail waits longer than it should.")


def _worker(seen: Path, now: datetime) -> Finding:
    if not seen.exists():
        says = "No worker has run on this machine yet."
        return look(
            "worker", says, "Start it, unless another machine has one: systemctl start advocacy-worker"
        )
    ago = now - datetime.fromtimestamp(seen.stat().st_mtime, UTC)
    if ago > _LATE:
        says = f"The worker of this machine was last heard {spoken(ago)} ago."
        return wrong("worker", says, "Start it: systemctl start advocacy-worker")
    return ok("worker", "The worker was heard within the last minutes.")


def spoken(long: timedelta) -> str:
    """A length of time as people say it."""
    minutes = int(long.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 60 // 24} days"
