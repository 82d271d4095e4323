"""News of bills: each once, to whoever watches, by mail, by feed, by calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree as Tree
from zoneinfo import ZoneInfo

import pytest

from advocacy.bills.actions import track
from advocacy.bills.changes import ChangeKind
from advocacy.bills.desk.work import Work, say_work
from advocacy.bills.entering import enter_hearing
from advocacy.bills.news.digest import DIGEST, DigestTrade, ask_digests
from advocacy.bills.news.feeds import atom, calendar
from advocacy.bills.news.queries import Headline, headlines, hearings_watched, watched
from advocacy.bills.news.telling import tell_trouble
from advocacy.bills.news.watching import forget, unwatch, want_mail, watch, watch_tags
from advocacy.bills.snapshot import HearingFact, RelatedFact
from advocacy.clock import moment_in
from advocacy.config import Config
from advocacy.db import Database
from advocacy.mail.models import Message
from advocacy.people.models import MailMode, Person
from tests import make
from tests.bills import made, recorded
from tests.make import Cast

HEARING = HearingFact("Samples", date(2026, 12, 3), datetime(2026, 12, 3, 15, tzinfo=UTC), "Room 2", "e-1")
PLACE = "December 2026, 10:00 EST · Samples · Room 2"
ZONE = ZoneInfo(make.ZONE)


def tell(database: Database, now: datetime, **parts: object) -> UUID:
    with database.transaction() as session:
        seen = replace(made.snapshot(**parts), payload=repr((now, parts)).encode())  # type: ignore[arg-type]
        return track(session, seen, now).bill_id


def told(database: Database, **more: object) -> list[tuple[str, str]]:
    with database.reading() as session:
        found = headlines(session, **more)  # type: ignore[arg-type]
    return [(one.kind, one.words(ZONE)) for one in reversed(found)]


class Crash(Exception):
    """The process died."""


def days(recordings: Path, name: str) -> list[Path]:
    return sorted((recordings / "sequences" / name).iterdir())


# Read by hand from the actions, cosponsors and texts of each day: stage, law, steps, joined, left, texts.
SEQUENCES = {
    "119hr1415": [(0, 0, 0, 5, 0, 0), (0, 0, 0, 0, 1, 0)],
    "119hr4323": [
        (0, 0, 0, 6, 0, 0),
        (1, 0, 2, 11, 0, 0),
        (1, 0, 2, 0, 0, 1),
        (1, 0, 6, 0, 0, 2),
        (1, 0, 2, 0, 0, 0),
        (1, 0, 1, 0, 0, 1),
        (1, 1, 2, 0, 0, 0),
    ],
}
COUNTED = tuple(
    getattr(ChangeKind, name) for name in ("STAGE", "LAW", "STEP", "SPONSOR", "SPONSOR_LEFT", "TEXT")
)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", SEQUENCES)
def test_a_recorded_sequence_tells_each_thing_once_whatever_dies_in_between(
    database: Database, recordings: Path, now: datetime, name: str
) -> None:
    told_of = []
    for n, day in enumerate(days(recordings, name)):
        seen, at = recorded.read(day), now + timedelta(days=n)
        with pytest.raises(Crash), database.transaction() as session:
            track(session, seen, at)
            raise Crash
        for again in range(2):
            with database.transaction() as session:
                track(session, seen, at + timedelta(minutes=again))
        kinds = [kind for kind, _ in told(database, after=at - timedelta(hours=1))]
        told_of.append(tuple(kinds.count(kind) for kind in COUNTED))
        assert len(kinds) == sum(told_of[-1])

    assert told_of == [(0, 0, 0, 0, 0, 0), *SEQUENCES[name]]


def test_what_we_began_with_is_no_news(database: Database, now: datetime) -> None:
    tell(database, now)

    assert told(database) == []


def test_a_source_that_wavers_is_told_of_once(database: Database, now: datetime) -> None:
    for n, steps in enumerate([(made.INTRODUCED,), (made.INTRODUCED, made.REFERRED)] * 3):
        tell(database, now + timedelta(hours=n), steps=steps)

    assert [kind for kind, _ in told(database)].count(ChangeKind.STEP) == 1
    assert [kind for kind, _ in told(database)].count(ChangeKind.CORRECTION) == 1


def test_two_equal_steps_are_two_pieces_of_news(database: Database, now: datetime) -> None:
    again = made.step("2026-05-01", "Postponed.")
    tell(database, now)
    tell(database, now + timedelta(hours=1), steps=(made.INTRODUCED, made.REFERRED, again, again))

    assert told(database).count((ChangeKind.STEP, "Postponed.")) == 2


def test_a_hearing_is_set_moved_and_called_off(database: Database, now: datetime) -> None:
    later = replace(HEARING, on=date(2026, 12, 4), at=datetime(2026, 12, 4, 15, tzinfo=UTC))
    for n, told_now in enumerate([(), (HEARING,), (HEARING,), (later,), (replace(later, cancelled=True),)]):
        tell(database, now + timedelta(hours=n), hearings=told_now)

    assert told(database) == [
        (ChangeKind.HEARING, "3 December 2026, 10:00 EST · Samples · Room 2"),
        (
            ChangeKind.HEARING_MOVED,
            f"3 {PLACE}. Now: 4 {PLACE}",
        ),
        (ChangeKind.HEARING_OFF, "4 December 2026, 10:00 EST · Samples · Room 2"),
    ]


def test_a_hearing_that_was_held_is_not_news(database: Database, now: datetime) -> None:
    tell(database, now, hearings=())
    tell(database, now + timedelta(hours=1), hearings=(replace(HEARING, on=date(2026, 11, 1), at=None),))

    assert told(database) == []


def test_a_hearing_typed_by_hand_is_news_once(database: Database, cast: Cast, now: datetime) -> None:
    bill_id = tell(database, now)
    for _ in range(2):
        with database.transaction() as session:
            how = {"on": date(2026, 12, 3), "location": "Room 2", "by": cast.sam, "now": now}
            enter_hearing(session, bill_id, committee="Samples", **how)  # type: ignore[arg-type]

    assert told(database) == [(ChangeKind.HEARING, "3 December 2026 · Samples · Room 2")]


def test_a_companion_is_told_once_whoever_names_it(database: Database, now: datetime) -> None:
    twice = tuple(RelatedFact("Identical bill", "us", "119", "S. 9", told_by=who) for who in ("CRS", "House"))
    tell(database, now, related=())
    tell(database, now + timedelta(hours=1), related=twice)

    assert told(database) == [(ChangeKind.COMPANION, "us 119 S. 9")]


def test_trouble_with_a_source_is_told_once_a_day_it_began(database: Database, now: datetime) -> None:
    for day in (1, 1, 2):
        with database.transaction() as session:
            tell_trouble(session, "Congress.gov", "It does not answer.", since=date(2026, 11, day), now=now)

    assert told(database) == [("source trouble", "It does not answer.")] * 2


def test_one_is_told_of_bills_chosen_looked_after_or_tagged(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        keys = [replace(made.KEY, number=n) for n in range(1, 5)]
        one, two, three, _ = [track(session, made.snapshot(key), now).bill_id for key in keys]
        watch(session, cast.sam, one)
        watch(session, cast.sam, one)
        say_work(session, two, Work(owner_id=cast.sam), by=cast.jo, now=now)
        say_work(session, three, Work(tags=("housing",)), by=cast.jo, now=now)
        watch_tags(session, cast.sam, ("housing",))

        assert set(session.scalars(watched(cast.sam))) == {one, two, three}
        unwatch(session, cast.sam, one)
        assert set(session.scalars(watched(cast.sam))) == {two, three}
        forget(session, cast.sam)
        assert set(session.scalars(watched(cast.sam))) == {two}


# ---- the daily mail


def morning(day: int) -> datetime:
    return moment_in(make.ZONE, date(2026, 11, day), time(7))


def asked(database: Database, at: datetime) -> int:
    with database.transaction() as session:
        return ask_digests(session, zone=make.ZONE, now=at)


def mail(database: Database, config: Config, at: datetime) -> str:
    """Have the waiting digest written and sent; its words."""
    with database.transaction() as session:
        message = session.query(Message).filter_by(kind=DIGEST, sent_at=None).one()
        assert DigestTrade(config).may_send(session, message, at)
        body = DigestTrade(config).compose(session, message, at).body
        message.sent_at = at
    return body


@pytest.fixture
def bill(database: Database, cast: Cast) -> UUID:
    """A bill that moved on the 24th, and Sam who wants mail since the 23rd."""
    bill_id = tell(database, morning(23))
    with database.transaction() as session:
        watch(session, cast.sam, bill_id)
        want_mail(session, cast.sam, wanted=True, now=morning(23))
    tell(database, morning(24), steps=(made.INTRODUCED, made.REFERRED, made.step("2026-11-24", "Amended.")))
    return bill_id


def test_a_morning_with_news_brings_one_mail_and_others_none(
    database: Database, config: Config, bill: UUID
) -> None:
    assert asked(database, morning(24) - timedelta(minutes=1)) == 0
    assert asked(database, morning(24)) == 1
    assert asked(database, morning(24) + timedelta(hours=3)) == 1

    body = mail(database, config, morning(24))
    assert "H.R. 9001: Sample Safe Harbour Act" in body
    assert "- Step: Amended. (2026-11-24)" in body
    assert asked(database, morning(25)) == 0


def test_what_a_lost_mail_told_stands_in_the_next(database: Database, config: Config, bill: UUID) -> None:
    asked(database, morning(24))
    with database.transaction() as session:
        session.query(Message).filter_by(kind=DIGEST).one().failed_at = morning(24)
    tell(database, morning(24) + timedelta(hours=2), title="A New Title")
    asked(database, morning(25))
    with database.transaction() as session:
        message = session.query(Message).filter_by(kind=DIGEST, failed_at=None).one()
        body = DigestTrade(config).compose(session, message, morning(25)).body

    assert "- Step: Amended." in body and "- New title: A New Title" in body


def test_no_mail_goes_to_whoever_stopped_it_or_left_or_reads_it_unsafely(
    database: Database, config: Config, bill: UUID, cast: Cast
) -> None:
    asked(database, morning(24))
    trade = DigestTrade(config)

    def may(at: datetime) -> bool:
        with database.reading() as session:
            return trade.may_send(session, session.query(Message).filter_by(kind=DIGEST).one(), at)

    assert may(morning(24)) and not may(morning(24) + timedelta(days=3000))
    with database.transaction() as session:
        session.get_one(Person, cast.sam).mail_mode = MailMode.DISCREET
    assert not may(morning(24))
    with database.transaction() as session:
        session.get_one(Person, cast.sam).mail_mode = MailMode.FULL
        want_mail(session, cast.sam, wanted=False, now=morning(24))
    assert not may(morning(24))


# ---- the feed and the calendar


def test_a_hearing_keeps_its_uid_its_sequence_rises_and_it_is_cancelled(
    database: Database, cast: Cast, now: datetime
) -> None:
    seen = []
    moved = replace(HEARING, at=HEARING.at + timedelta(hours=1))  # type: ignore[operator]
    for n, hearing in enumerate((HEARING, moved, replace(moved, cancelled=True))):
        bill_id = tell(database, now + timedelta(hours=n), hearings=(hearing,))
        with database.transaction() as session:
            watch(session, cast.sam, bill_id)
            rows = hearings_watched(session, cast.sam, now.date())
            lines = lines_of(calendar(rows, name="A, B", base_url="https://x.example", now=now))
        seen.append(dict(line.split(":", 1) for line in lines))

    assert len({one["UID"] for one in seen}) == 1
    assert [one["SEQUENCE"] for one in seen] == ["0", "1", "2"]
    assert [one["STATUS"] for one in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [one["DTSTART"] for one in seen] == ["20261203T150000Z", "20261203T160000Z", "20261203T160000Z"]
    assert seen[0]["X-WR-CALNAME"] == "A\\, B: hearings"


def lines_of(made_calendar: bytes) -> list[str]:
    """The lines of a calendar put together again."""
    raw = made_calendar.split(b"\r\n")
    assert raw[-1] == b"" and all(len(line) <= 75 for line in raw)
    return made_calendar.decode().replace("\r\n ", "").split("\r\n")[:-1]


def test_a_hearing_with_a_day_alone_and_long_words_is_folded_and_escaped(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        bill_id = track(session, made.snapshot(title="Niñas; y, más\\ " * 20), now).bill_id
        how = {"on": date(2026, 12, 3), "by": cast.sam, "now": now}
        enter_hearing(session, bill_id, committee="Comité " * 12, location="", **how)  # type: ignore[arg-type]
        watch(session, cast.sam, bill_id)
        rows = hearings_watched(session, cast.sam, now.date())
        lines = lines_of(calendar(rows, name="N", base_url="https://x.example", now=now))

    assert "DTSTART;VALUE=DATE:20261203" in lines and "DTEND;VALUE=DATE:20261204" in lines
    assert "DESCRIPTION:" + ("Niñas\\; y\\, más\\\\ " * 20).strip() in [line.strip() for line in lines]


def test_the_feed_is_well_formed_whatever_a_title_holds(now: datetime, cast: Cast) -> None:
    one = Headline(cast.sam, cast.jo, "HB 1", "<b>\x0b & ü", ChangeKind.STEP, None, "", "Done ]]>", now)
    feed = Tree.fromstring(
        atom([one], name="N", base_url="https://x.example", reader=cast.sam, zone=UTC, now=now)
    )
    space = "{http://www.w3.org/2005/Atom}"

    assert feed.findtext(f"{space}entry/{space}content") == "<b> & ü\nDone ]]>"
    assert feed.findtext(f"{space}entry/{space}title") == "HB 1: Step"
