"""Looking again: what changed first, politely, going on where it stopped; no failure loses anything."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from advocacy.bills.actions import track
from advocacy.bills.identifiers import BillKey, make_key
from advocacy.bills.news.queries import headlines
from advocacy.bills.queries import find, snapshot_of
from advocacy.bills.refreshing.gates import PACES, STRIKES, Gate, try_again
from advocacy.bills.refreshing.models import BillTurn, SourceState
from advocacy.bills.refreshing.queries import age_of, in_trouble, progress
from advocacy.bills.refreshing.rounds import NOT_KEPT, Refreshed, Round
from advocacy.bills.refreshing.turns import HELD, SWEEP, ask_for_all
from advocacy.bills.sources.asking import Patience
from advocacy.bills.sources.congress import CongressSource, congress
from advocacy.bills.sources.source import SourceResting, SourceUnreachable
from advocacy.db import Database
from tests.bills import congress_server as far
from tests.bills import made
from tests.bills.congress_server import KEY, CongressServer, Fault, Reply, told

HURRY = Patience(connect=1, read=0.4, retries=0, pause=0, longest_pause=1, whole=0.5)
LIST = "/bill/119"


@dataclass
class Town:
    """A database, Congress.gov on this machine, and a clock that only moves when it is told to."""

    database: Database
    server: CongressServer
    now: datetime
    slept: list[float] = field(default_factory=list)
    hurry: Patience = HURRY

    def gate(self, name: str = "Congress.gov") -> Gate:
        return Gate(self.database, name, lambda: self.now, self._sleep, 60.0, lambda: 1.0)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def source(self) -> CongressSource:
        return congress(self.server.address, KEY, self.hurry, self.gate())

    def round(self) -> Round:
        return Round(self.database, lambda key: self.source(), self.gate, lambda: self.now)

    def go(self, **more: timedelta) -> list[Refreshed]:
        self.now += timedelta(**{name: value for name, value in more.items()})  # type: ignore[arg-type]
        return list(self.round().go())

    def ask_all(self) -> None:
        with self.database.transaction() as session:
            ask_for_all(session, self.now)

    def follow(self, *numbers: int) -> None:
        with self.database.transaction() as session:
            for number in numbers:
                track(session, made.snapshot(key(number)), self.now)
        for number in numbers:
            self.server.serve(made.item(number=str(number)), actions=made.actions())
        self.touch()

    def touch(self, *numbers: int) -> None:
        """Serve a list in which these bills were touched."""
        rows = [{"type": "HR", "number": str(number)} for number in numbers]
        self.server.bodies[LIST] = {"bills": rows, "pagination": {}}

    def looked(self) -> list[str]:
        """The bills whose item was asked for."""
        return [path for path in self.server.paths() if path.count("/") == 4]


def key(number: int) -> BillKey:
    return make_key("us", "119", f"HR{number}")


@pytest.fixture
def town(database: Database, server: CongressServer, now: datetime) -> Town:
    return Town(database, server, now)


@pytest.mark.both_databases
def test_only_what_a_listing_names_is_looked_at(town: Town) -> None:
    town.follow(9001, 9002, 9003)
    town.touch(9002, 7)

    assert [one.key.number for one in town.go()] == [9002]
    assert town.looked() == ["/bill/119/hr/9002"]
    assert town.go() == []
    assert town.server.paths().count(LIST) == 1, "the listing is asked for once an hour"


def test_a_listing_is_asked_since_the_last_one_less_two_hours(town: Town) -> None:
    town.follow(9001)
    began = town.now
    town.go()
    town.now += timedelta(hours=5)
    town.go()

    asked = [query["fromDateTime"] for path, query, _ in town.server.asked if path == LIST]
    assert asked[1] == f"{began - timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"


def test_a_bill_no_listing_names_is_as_old_as_the_listing(town: Town) -> None:
    town.follow(9001)
    town.now += timedelta(days=4)
    town.go()

    with town.database.reading() as session:
        bill = find(session, key(9001))
        assert bill is not None
        assert (age_of(session, bill.id, town.now).days_old, bill.fetched_at) == (
            0,
            town.now - timedelta(days=4),
        )


def test_every_bill_is_looked_at_within_a_week(town: Town) -> None:
    town.follow(9001, 9002)
    town.now += SWEEP

    assert len(town.go()) == 2


@pytest.mark.both_databases
def test_a_round_that_was_killed_goes_on_where_it_was(town: Town) -> None:
    town.follow(9001, 9002, 9003)
    town.ask_all()
    dying = town.round().go()
    next(dying)
    taken = Round(town.database, lambda key: town.source(), town.gate, lambda: town.now)._take()
    del dying

    assert taken is not None
    rest = [one.key.number for one in town.go()]
    assert len(rest) == 1, "what somebody holds is not looked at twice"
    town.now += HELD
    assert [one.key for one in town.go()] == [taken[1]]
    assert town.go() == []


@pytest.mark.both_databases
def test_two_rounds_at_once_share_the_work(town: Town) -> None:
    town.follow(*range(9001, 9007))
    town.ask_all()
    one, other = town.round().go(), town.round().go()
    seen = [next(one), next(other), next(one), next(other), *one, *other]

    assert sorted(found.key.number for found in seen) == list(range(9001, 9007))
    assert len(town.looked()) == 6


# ---- ways to fail, played back


LOST: dict[str, Fault] = {
    "429": far.always(told(429, {"error": "slow"})),
    "429 with a wait": far.always(told(429, {"error": "slow"}, **{"Retry-After": "7200"})),
    "500": far.always(told(500, {"error": "oops"})),
    "503": far.outage,
    "a web page": far.web_page,
    "round in circles": far.circle,
    "elsewhere": far.elsewhere,
    "broken off": far.broken_off,
    "cut short": far.cut_short,
    "silence": far.silence,
    "a slow drip": far.drip,
    "a reset": far.reset,
}


@pytest.mark.parametrize("name", LOST)
def test_nothing_is_lost_whatever_a_service_answers(town: Town, name: str) -> None:
    town.follow(9001)
    town.ask_all()
    with town.database.reading() as session:
        before = snapshot_of(session, find(session, key(9001)))  # type: ignore[arg-type]
    town.server.faults["/bill/119/hr/9001"] = LOST[name]

    (failed,) = town.go()
    assert failed.fault and not failed.changes
    with town.database.reading() as session:
        assert snapshot_of(session, find(session, key(9001))) == before  # type: ignore[arg-type]
        row = session.query(BillTurn).one()
        assert (row.fault, row.failed) == (failed.fault, 1)
        assert town.now < row.due_at <= town.now + timedelta(minutes=5)

    del town.server.faults["/bill/119/hr/9001"]
    town.server.serve(made.item(title="A New Title"), actions=made.actions())
    town.now += timedelta(hours=3)
    (found,) = town.go()
    assert found.fault is None and found.changes


def test_a_bill_that_keeps_failing_is_asked_after_less_and_less(town: Town) -> None:
    town.follow(9001)
    town.server.faults["/bill/119/hr/9001"] = far.broken_off
    town.ask_all()
    waits = []
    for _ in range(9):
        assert town.go()[0].fault
        with town.database.reading() as session:
            due = session.query(BillTurn).one().due_at
        waits.append(due - town.now)
        town.now = due
        with town.database.transaction() as session:
            # The listing's own hour is not what is looked at here.
            try_again(session, "Congress.gov", town.now)

    assert waits[0] <= timedelta(minutes=5) and waits[-1] > timedelta(hours=5)
    assert max(waits) <= timedelta(hours=12)


def test_the_breaker_opens_after_failures_in_a_row_and_closes_after_one_answer(town: Town) -> None:
    town.follow(*range(9001, 9001 + STRIKES + 3))
    for number in range(9001, 9001 + STRIKES + 3):
        town.server.faults[f"/bill/119/hr/{number}"] = far.outage
    town.ask_all()

    assert len(town.go()) == STRIKES
    asked = len(town.server.asked)
    assert town.go() == [] and len(town.server.asked) == asked, "a resting service is not asked"
    with town.database.reading() as session:
        assert [one.source for one in in_trouble(session, town.now)] == ["Congress.gov"]
        assert progress(session, town.now).waiting == 3, "what waits keeps its place"
        assert [one.kind for one in headlines(session)] == ["source trouble"]

    town.server.faults.clear()
    town.now += timedelta(minutes=6)
    assert len(town.go()) >= 3
    with town.database.reading() as session:
        assert in_trouble(session, town.now) == []
        assert session.query(SourceState).one().trouble == ""


def test_a_service_that_rested_is_tried_and_rests_again_after_one_failure(town: Town) -> None:
    gate = town.gate()
    for _ in range(STRIKES):
        gate.failed(SourceUnreachable("Down."))
    with pytest.raises(SourceResting):
        gate.take()
    town.now += timedelta(minutes=6)

    gate.take()
    gate.failed(SourceUnreachable("Down."))
    town.now += timedelta(minutes=6)
    with pytest.raises(SourceResting, match="Down. It is left alone until"):
        gate.take()
    town.now += timedelta(minutes=6)
    gate.take()
    gate.worked()
    gate.take()


def test_a_longer_failure_makes_a_longer_rest_and_never_more_than_six_hours(town: Town) -> None:
    rests = []
    for n in range(20):
        town.gate().failed(SourceUnreachable("Down."))
        with town.database.reading() as session:
            until = session.query(SourceState).one().rests_until_at
        if n >= STRIKES - 1:
            assert until is not None
            rests.append(until - town.now)

    assert rests[:3] == [timedelta(minutes=5), timedelta(minutes=10), timedelta(minutes=20)]
    assert max(rests) == timedelta(hours=6)


@pytest.mark.parametrize("as_date", [False, True])
def test_a_service_that_says_when_to_come_back_is_left_alone_until_then(town: Town, as_date: bool) -> None:
    town.follow(9001, 9002)
    in_two_hours = datetime.now(UTC) + timedelta(hours=2)
    until = format_datetime(in_two_hours, usegmt=True) if as_date else "7200"
    said = {"Retry-After": until}
    for number in (9001, 9002):
        town.server.faults[f"/bill/119/hr/{number}"] = far.always(
            Reply(429, b"{}", {"Content-Type": "application/json", **said})
        )
    town.ask_all()

    assert len(town.go()) == 1, "the second is not even asked for"
    with town.database.reading() as session:
        rests_until = session.query(SourceState).one().rests_until_at
    assert rests_until is not None
    assert timedelta(minutes=119) < rests_until - town.now <= timedelta(hours=2)


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_stops_it_and_is_told_until_somebody_says_try_again(town: Town, status: int) -> None:
    town.follow(9001, 9002)
    town.server.faults["/bill/119/hr/9001"] = far.always(told(status, {"error": "API_KEY_INVALID"}))
    town.server.faults["/bill/119/hr/9002"] = town.server.faults["/bill/119/hr/9001"]
    town.ask_all()

    assert len(town.go()) == 1
    town.now += timedelta(days=2)
    asked = len(town.server.asked)
    assert town.go() == [] and len(town.server.asked) == asked
    with pytest.raises(SourceResting, match="until a manager says so"):
        town.gate().take()
    with town.database.reading() as session:
        (state,) = in_trouble(session, town.now)
        assert "CONGRESS_API_KEY" in state.trouble
        assert KEY not in state.trouble

    town.server.faults.clear()
    with town.database.transaction() as session:
        try_again(session, "Congress.gov", town.now)
    assert len(town.go()) == 2


def test_a_bill_nobody_knows_is_no_failure_of_the_service(town: Town) -> None:
    town.follow(*range(9001, 9001 + STRIKES + 2))
    for number in range(9001, 9001 + STRIKES + 2):
        town.server.faults[f"/bill/119/hr/{number}"] = far.always(told(404, {"error": "Unknown"}))
    town.ask_all()

    assert len(town.go()) == STRIKES + 2
    with town.database.reading() as session:
        assert in_trouble(session, town.now) == []


def test_one_record_that_cannot_be_kept_stops_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.follow(9001, 9002)
    town.ask_all()

    def refuse_one(session: object, told: object, now: datetime) -> object:
        if getattr(told, "key", None) == key(9001):
            raise ValueError("a name nobody should read in a log")
        return track(session, told, now)  # type: ignore[arg-type]

    monkeypatch.setattr("advocacy.bills.refreshing.rounds.track", refuse_one)
    found = {one.key.number: one.fault for one in town.go()}
    assert found == {9001: NOT_KEPT, 9002: None}


# ---- the bucket


@pytest.mark.both_databases
def test_the_bucket_is_shared_and_outlives_the_process(town: Town) -> None:
    pace = PACES["Open States"]
    for _ in range(pace.at_once):
        town.gate("Open States").take()
    hasty = Gate(town.database, "Open States", lambda: town.now, town._sleep, patience=1.0)

    with pytest.raises(SourceResting, match="asked often enough"):
        hasty.take()
    assert town.slept == []
    town.now += timedelta(seconds=3601 / pace.an_hour)
    hasty.take()


def test_a_question_waits_a_little_for_its_token(town: Town) -> None:
    gate = Gate(town.database, "Congress.gov", lambda: town.now, town._sleep, patience=5.0)
    for _ in range(PACES["Congress.gov"].at_once + 3):
        gate.take()

    assert len(town.slept) == 3 and all(0 < wait < 5 for wait in town.slept)


def test_each_page_of_an_answer_takes_a_token(town: Town) -> None:
    town.follow(9001)
    town.ask_all()
    town.go()

    with town.database.reading() as session:
        left = session.query(SourceState).one().tokens
    assert left == PACES["Congress.gov"].at_once - len(town.server.asked)


def test_a_listing_without_an_end_means_that_anything_may_have_changed(town: Town) -> None:
    town.follow(9001, 9002)

    def endless(server: CongressServer, path: str, query: dict[str, str]) -> Reply:
        following = int(query["offset"]) + 250
        rows = [{"type": "HR", "number": str(following)}]
        return told(200, {"bills": rows, "pagination": {"next": f"{path}?offset={following}"}})

    town.server.faults[LIST] = endless
    assert len(town.go()) == 2
