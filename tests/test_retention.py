"""What is due is forgotten on its day, not one early and not one late, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from advocacy import retention
from advocacy.clock import days_later
from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.mail.models import Message
from advocacy.people.models import Challenge, OfficeSession, RoleChange, SecondedAct, SignInLink
from advocacy.people.role_changes import agree, propose_term, waiting_changes
from advocacy.people.roles import Role
from advocacy.retention import BATCH, forget_due, kept_until
from advocacy.signons.models import Consent, SignOn
from tests import make
from tests.make import FULL, ZONE, Cast

NEW_YORK = "America/New_York"
SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(NEW_YORK)).astimezone(UTC)


def link(person_id: UUID, now: datetime) -> SignInLink:
    hour = timedelta(hours=1)
    return SignInLink(id=uuid4(), person_id=person_id, asked_at=now - hour, ends_at=now, used_at=None)


def proposed(cast: Cast, until: datetime, used: datetime | None = None) -> SecondedAct:
    begun = until - timedelta(days=2)
    act = SecondedAct(id=uuid4(), act="edition.deliver", about_id=uuid4(), hash="ab", until_at=until)
    act.proposed_by, act.proposed_at, act.used_at = cast.wren, begun, used
    return act


@pytest.mark.parametrize("changes_on", [SPRING, AUTUMN])
@pytest.mark.parametrize("hour", [0, 12, 23])
def test_thirty_days_are_thirty_days_when_the_clocks_change(changes_on: date, hour: int) -> None:
    ended = at(changes_on - timedelta(days=15), hour, 59)
    last = changes_on + timedelta(days=15)

    assert ended >= kept_until(NEW_YORK, at(last, 23, 59), 30)
    assert ended < kept_until(NEW_YORK, at(last + timedelta(days=1), 0), 30)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_what_ends_on_the_day_of_the_change_is_kept_whole_days(day: date) -> None:
    for hour in (0, 3, 23):
        assert at(day, hour) >= kept_until(NEW_YORK, at(day + timedelta(days=1), 23, 59), 1)
        assert at(day, hour) < kept_until(NEW_YORK, at(day + timedelta(days=2), 0), 1)


@pytest.mark.both_databases
@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_proposal_nobody_used_goes_after_thirty_days_and_a_used_one_stays(
    database: Database, cast: Cast, day: date
) -> None:
    ended = at(day - timedelta(days=1), 23, 30)
    with database.transaction() as session:
        session.add_all([proposed(cast, ended), proposed(cast, ended, used=ended)])

    assert forget_due(database, zone=NEW_YORK, now=at(day + timedelta(days=29), 23, 59))["proposal"] == 0
    assert forget_due(database, zone=NEW_YORK, now=at(day + timedelta(days=30), 0))["proposal"] == 1
    with database.reading() as session:
        assert session.scalars(select(SecondedAct)).one().used_at == ended


def test_a_proposed_change_of_a_role_goes_with_its_proposal(
    database: Database, cast: Cast, now: datetime
) -> None:
    term = {"begins_on": now.date(), "ends_on": now.date()}
    with database.transaction() as session:
        for person_id, role in ((cast.wren, Role.STEERING), (cast.jo, Role.DEPUTY)):
            propose_term(session, person_id, role, **term, why="", by=cast.amara, now=now)  # type: ignore[arg-type]
        (agreed, _) = waiting_changes(session, now)
        agree(session, agreed.change, agreed.act, by=cast.sam, today=now.date(), now=now)

    assert forget_due(database, zone=ZONE, now=now + timedelta(days=33))["proposed-change"] == 0
    later = now + timedelta(days=35)
    forgotten = forget_due(database, zone=ZONE, now=later)
    assert (forgotten["proposal"], forgotten["proposed-change"]) == (1, 1)
    with database.reading() as session:
        assert session.scalars(select(RoleChange.id)).all() == [agreed.change.id]


@pytest.mark.both_databases
def test_what_a_device_was_asked_goes_at_its_end(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        for mark, ends in ((b"over", now), (b"open", now + timedelta(minutes=1))):
            session.add(Challenge(challenge_hash=mark, purpose="sign_in", person_id=None, ends_at=ends))

    forget_due(database, zone=ZONE, now=now)
    with database.reading() as session:
        assert session.scalars(select(Challenge.challenge_hash)).all() == [b"open"]


@pytest.mark.both_databases
def test_an_ended_session_goes_at_once_and_an_open_one_stays(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        for key, ends in ((b"over", now), (b"open", now + timedelta(minutes=1))):
            row = OfficeSession(key_hash=key, person_id=cast.wren, began_at=now, seen_at=now, ends_at=ends)
            session.add(row)

    forget_due(database, zone=ZONE, now=now)
    with database.reading() as session:
        assert session.scalars(select(OfficeSession.key_hash)).all() == [b"open"]


def test_a_way_in_goes_a_day_after_its_end_in_batches_and_twice_is_once(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        session.add_all(link(cast.wren, now) for _ in range(BATCH + 3))

    assert forget_due(database, zone=ZONE, now=now + timedelta(days=1))["sign-in-link"] == 0
    later = now + timedelta(days=2)
    assert forget_due(database, zone=ZONE, now=later)["sign-in-link"] == BATCH + 3
    assert forget_due(database, zone=ZONE, now=later)["sign-in-link"] == 0


def test_a_round_that_is_stopped_keeps_what_it_did_and_the_next_goes_on(
    database: Database, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    with database.transaction() as session:
        session.add_all(link(cast.wren, now) for _ in range(5))
    told = iter([False, True, True, True, True, True])

    later = now + timedelta(days=2)
    assert forget_due(database, zone=ZONE, now=later, stopping=lambda: next(told, True))["sign-in-link"] == 2
    assert forget_due(database, zone=ZONE, now=later)["sign-in-link"] == 3


@pytest.mark.both_databases
def test_settled_mail_forgets_whom_and_why_and_is_still_not_sent_twice(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        for kind, moment in (("sent", "sent_at"), ("dropped", "dropped_at"), ("waiting", "queued_at")):
            row = Message(id=uuid4(), kind=kind, about_id=uuid4(), person_id=cast.wren, fault="550 <wren@x>")
            row.queued_at = row.not_before_at = now
            setattr(row, moment, now)
            session.add(row)

    assert forget_due(database, zone=ZONE, now=days_later(ZONE, now, 90))["mail-settled"] == 0
    assert forget_due(database, zone=ZONE, now=days_later(ZONE, now, 91))["mail-settled"] == 2
    with database.reading() as session:
        kept = {row.kind: (row.person_id, row.fault) for row in session.scalars(select(Message))}
    assert kept == {"sent": (None, ""), "dropped": (None, ""), "waiting": (cast.wren, "550 <wren@x>")}


@pytest.mark.both_databases
def test_a_line_goes_thirty_days_after_it_lapsed_and_her_yes_can_still_be_taken_back(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        session.execute(update(Consent).values(latest_at=now))

    held = select(func.count()).select_from(Consent).where(Consent.line.is_not(None))
    with database.reading() as session:
        before = session.scalar(held)
    assert forget_due(database, zone=ZONE, now=days_later(ZONE, now, 30))["lapsed-line"] == 0
    assert forget_due(database, zone=ZONE, now=days_later(ZONE, now, 31))["lapsed-line"] == before
    with database.transaction() as session:
        assert session.scalar(held) == 0
        make.withdraw(session, letter.letter_id, cast.wren, days_later(ZONE, now, 31))
        assert session.scalars(select(SignOn.withdrawn_on)).one() is not None
