"""How the looking goes: the line on the page, a service in trouble, asking it again."""

from datetime import datetime

import pytest

from advocacy.bills.actions import track
from advocacy.bills.refreshing.gates import STRIKES, Gate
from advocacy.bills.refreshing.turns import begin_turns
from advocacy.bills.sources.source import SourceRefusedKey, SourceUnreachable
from advocacy.db import Database
from advocacy.people.roles import Role
from tests import make
from tests.bills import made
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import sit

PAGE = "/office/bills/services"


@pytest.fixture
def gate(reader: Reader, cast: Cast, database: Database, now: datetime) -> Gate:
    """Congress.gov, and a bill it told us of."""
    sit(reader, cast.sam)
    with database.transaction() as session:
        track(session, made.snapshot(), now)
        begin_turns(session)
    return Gate(database, "Congress.gov", lambda: now, lambda seconds: None)


def test_looking_at_all_again_shows_how_far_it_is(reader: Reader, gate: Gate) -> None:
    assert "All 1 bills are as their services last told them." in reader.get(PAGE).words
    reader.post(PAGE)

    assert "Looking again: 0 of 1 done." in reader.get(PAGE).words
    part = reader.get(PAGE, headers={"HX-Request": "true"})
    assert part.soup.find("h1") is None and part.soup.select_one("#looking[hx-get]") is not None
    seen = reader.get("/office/bills")
    assert seen.soup.select_one(f"#looking[hx-get='{PAGE}']") is not None and PAGE in seen.links()


def test_a_service_in_trouble_is_said_with_its_age_and_asked_again(reader: Reader, gate: Gate) -> None:
    gate.worked()
    for _ in range(STRIKES):
        gate.failed(SourceUnreachable("Congress.gov is down (it answered 503)."))

    seen = reader.get(PAGE)
    assert "Congress.gov gives trouble since 23 November 2026." in seen.words
    assert "It last answered on 23 November 2026" in seen.words
    assert "It is left alone until" in reader.get(PAGE).words

    reader.post(f"{PAGE}/again", {"source": "Nobody"}, 404)
    reader.post(f"{PAGE}/again", {"source": "Congress.gov"})
    assert "gives trouble" not in reader.get(PAGE).words


def test_a_refused_key_waits_on_the_managers_desk(
    reader: Reader, gate: Gate, database: Database, now: datetime
) -> None:
    gate.failed(SourceRefusedKey("Congress.gov refuses the key in CONGRESS_API_KEY."))

    assert "refuses our key" not in reader.get("/office/").words
    with database.transaction() as session:
        manager = make.hand(session, "Pat Desk", Role.MANAGER, now=now)
    sit(reader, manager)
    assert "Congress.gov refuses our key" in reader.get("/office/").words
