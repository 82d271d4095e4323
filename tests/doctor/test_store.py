"""What only the database can tell: each fault is made, and found."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import delete, select, text, update

from advocacy.bills.actions import track
from advocacy.bills.legislators.models import PeopleReading
from advocacy.bills.models import Bill
from advocacy.config import Config
from advocacy.db import Database
from advocacy.doctor.finding import Finding, State
from advocacy.doctor.store import check_store, spoken
from advocacy.key_file import Keys
from advocacy.mail.actions import claim, put_back, queue
from advocacy.migrations import run
from advocacy.people.custody import KeyProof
from advocacy.people.roles import Role
from advocacy.rotating import rotate
from advocacy.vault import active_key, open_database
from tests import make
from tests.bills import made
from tests.conftest import NOW


@pytest.fixture
def installed(tmp_path: Path) -> Iterator[Config]:
    """An installation with everybody it needs and a living worker."""
    config = Config.from_environment({"VAR": str(tmp_path / "var")})
    run.upgrade(config.database_url)
    with opened(config).transaction() as session:
        make.hand(session, "Manager Sample", Role.MANAGER, now=NOW)
        make.prove_copies(session, NOW)
        make.hand(session, "Lead Sample", Role.PWG_COFACILITATOR, now=NOW)
        make.hand(session, "Lead Example", Role.PWG_COFACILITATOR, now=NOW)
        make.hand(session, "Member Sample", Role.MEMBERSHIP_COFACILITATOR, now=NOW)
        session.add(PeopleReading(jurisdiction="us", family="x", origin="x", read_at=NOW, people=1, faults=0))
    config.worker_seen.touch()
    os.utime(config.worker_seen, (NOW.timestamp(), NOW.timestamp()))
    yield config


def opened(config: Config) -> Database:
    return open_database(config.database_url, config.keys_file)


def findings(config: Config, now: datetime = NOW) -> dict[str, Finding]:
    return {one.about: one for one in check_store(config, now)}


def test_a_whole_installation_is_fine(installed: Config) -> None:
    assert {one.line for one in findings(installed).values() if one.state is not State.OK} == set()


def test_legislators_never_taken_in_or_long_ago_are_said(installed: Config) -> None:
    old = findings(installed, NOW + timedelta(days=61))["legislators"]
    with opened(installed).transaction() as session:
        session.delete(session.get_one(PeopleReading, ("us", "x")))
    never = findings(installed)["legislators"]

    assert (old.state, old.says) == (State.LOOK, "Legislators of US were taken in 61 days ago.")
    assert (never.state, never.says) == (State.LOOK, "No legislators and committees were ever taken in.")


def test_a_missing_database_is_said_and_none_is_made(tmp_path: Path) -> None:
    found = findings(Config.from_environment({"VAR": str(tmp_path / "var")}))

    assert found["database"].mend == "Run: advocacy db upgrade"
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_says_what_to_run(tmp_path: Path) -> None:
    config = Config.from_environment({"VAR": str(tmp_path)})
    Database(config.database_url).close()

    assert findings(config)["database"].mend == "Run: advocacy db upgrade"


def test_a_database_of_an_older_version_says_so(installed: Config) -> None:
    run.downgrade(installed.database_url, "0016")

    found = findings(installed)

    assert found["database"].state is State.WRONG
    assert "0016" in found["database"].says
    assert list(found) == ["database"]


def test_a_database_that_is_not_one_is_one_line_without_its_address(installed: Config) -> None:
    Path(installed.database_url.removeprefix("sqlite:///")).write_text("this is no database" * 99)

    found = findings(installed)["database"]

    assert found.state is State.WRONG
    assert "sqlite:" not in found.line


def test_a_server_that_does_not_answer_is_one_line_without_its_password(tmp_path: Path) -> None:
    url = "postgresql://advocacy:plainly-fictional@127.0.0.1:9/advocacy"

    found = findings(Config.from_environment({"VAR": str(tmp_path), "DATABASE_URL": url}))["database"]

    assert found.state is State.WRONG
    assert "plainly-fictional" not in found.line


def test_keys_of_another_installation_are_wrong(installed: Config, tmp_path: Path) -> None:
    Keys.make(tmp_path / "other.json")

    found = findings(replace(installed, keys_file=tmp_path / "other.json"))

    assert found["keys.fit"].state is State.WRONG


def test_a_log_that_somebody_changed_is_wrong(installed: Config) -> None:
    with opened(installed).reshaping() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_refuses_update"))
        connection.execute(text("UPDATE audit_entry SET why = 'changed' WHERE n = 2"))

    found = findings(installed)["log"]

    assert found.state is State.WRONG
    assert "entry 2" in found.says


@pytest.mark.parametrize("role", ["manager", "pwg_cofacilitator", "membership_cofacilitator"])
def test_a_role_that_nobody_holds_any_more_is_wrong(installed: Config, role: str) -> None:
    ended = text("UPDATE term SET ends_on = '2026-11-22' WHERE role = :role")
    with opened(installed).transaction() as session:
        session.execute(ended, {"role": role})

    assert findings(installed)[f"terms.{role}"].state is State.WRONG


def test_one_cofacilitator_is_not_enough(installed: Config) -> None:
    with opened(installed).transaction() as session:
        one = "(SELECT id FROM term WHERE role = 'pwg_cofacilitator' LIMIT 1)"
        session.execute(text(f"DELETE FROM term WHERE id = {one}"))

    assert findings(installed)["terms.pwg_cofacilitator"].state is State.WRONG


def test_terms_that_end_within_a_month_are_said_beforehand(installed: Config) -> None:
    with opened(installed).transaction() as session:
        session.execute(text("UPDATE term SET ends_on = '2026-12-10' WHERE role = 'manager'"))

    assert findings(installed)["terms.manager"].state is State.LOOK


def test_mail_that_nobody_takes_in_hand_is_said(installed: Config) -> None:
    with opened(installed).transaction() as session:
        queue(session, kind="invitation", about=uuid4(), now=NOW)

    assert findings(installed, NOW + timedelta(minutes=5))["mail.waiting"].state is State.OK
    late = findings(installed, NOW + timedelta(minutes=20))["mail.waiting"]
    assert (late.state, "20 minutes" in late.says) == (State.WRONG, True)


def test_mail_that_the_server_does_not_take_is_said(installed: Config) -> None:
    with opened(installed).transaction() as session:
        message = queue(session, kind="invitation", about=uuid4(), now=NOW)
        claim(message, NOW + timedelta(hours=2))
        put_back(session, message.id, NOW + timedelta(hours=2), "answer 421")

    late = findings(installed, NOW + timedelta(hours=2))["mail.waiting"]

    assert (late.state, "2 hours" in late.says) == (State.WRONG, True)


def test_a_worker_that_fell_silent_is_wrong(installed: Config) -> None:
    assert findings(installed, NOW + timedelta(hours=5))["worker"].state is State.WRONG


def test_a_worker_nobody_ever_heard_is_worth_a_look(installed: Config) -> None:
    installed.worker_seen.unlink()

    assert findings(installed)["worker"].state is State.LOOK


@pytest.mark.both_databases
def test_it_looks_into_either_database_and_writes_nothing(database_url: str, tmp_path: Path) -> None:
    command.stamp(run.plan(database_url), "head")
    config = Config.from_environment({"VAR": str(tmp_path), "DATABASE_URL": database_url})
    opened(config).close()

    found = findings(config)

    assert (found["database"].state, found["log"].state) == (State.OK, State.OK)
    assert found["terms.manager"].state is State.WRONG


@pytest.mark.parametrize(
    ("long", "says"),
    [
        (timedelta(minutes=20), "20 minutes"),
        (timedelta(hours=3, minutes=5), "3 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_a_length_of_time_is_said_as_people_do(long: timedelta, says: str) -> None:
    assert spoken(long) == says


def test_copies_of_the_keys_that_nobody_proved_are_said_and_what_they_stop(installed: Config) -> None:
    with opened(installed).transaction() as session:
        session.execute(
            delete(KeyProof).where(KeyProof.person_id == session.scalar(select(KeyProof.person_id)))
        )

    found = findings(installed)["keys.copies"]

    assert found.state is State.WRONG
    assert found.says == "Proved copies of the keys that count: 1 of 2. No letter can open for sign-ons."
    assert found.mend.startswith("Make and prove them: advocacy keys copy")


def test_after_a_rotation_it_says_for_how_long_the_copies_still_count(installed: Config) -> None:
    rotate(opened(installed))
    with opened(installed).transaction() as session:
        active_key(session, alone=True).since = NOW.date()

    found = findings(installed)["keys.copies"]

    assert found.state is State.LOOK
    assert "They count until 2026-12-07" in found.says


def test_a_bill_kept_where_its_steps_do_not_say_is_found(installed: Config) -> None:
    with opened(installed).transaction() as session:
        track(session, made.snapshot(), NOW)
        session.execute(update(Bill).values(stage="law"))

    found = findings(installed)["bills.standing"]
    assert (found.state, found.mend) == (State.WRONG, "Run: advocacy bills renew")
    assert "us 119 H.R. 9001" in found.says
