"""The first days, step by step: done when there is nothing more to do, and never before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from advocacy.config import Config
from advocacy.db import Database
from advocacy.doctor.starting import Step, missing, steps
from advocacy.doctor.trial import TRIAL, ask_trial, last_trial
from advocacy.key_file import Keys
from advocacy.mail.actions import mark_failed, mark_sent
from advocacy.mail.models import Message
from advocacy.people.roles import Role
from tests import make
from tests.conftest import NOW
from tests.doctor.test_settings import MENDED
from tests.mailbox import post


@pytest.fixture
def ready(tmp_path: Path) -> Config:
    """Settings with nothing amiss."""
    Keys.make(tmp_path / "keys" / "keys.json")
    places = {"VAR": str(tmp_path / "var"), "KEYS_FILE": str(tmp_path / "keys" / "keys.json")}
    return Config.from_environment({**MENDED, **places, "SMTP_URL": "smtps://mail.example"})


@pytest.fixture
def peopled(database: Database) -> Iterator[Database]:
    """Everybody there must be, and a mail to the manager that left."""
    with database.transaction() as session:
        manager = make.hand(session, "Manager Sample", Role.MANAGER, now=NOW)
        make.prove_copies(session, NOW)
        make.hand(session, "Lead Sample", Role.PWG_COFACILITATOR, now=NOW)
        make.hand(session, "Lead Example", Role.PWG_COFACILITATOR, now=NOW)
        make.hand(session, "Member Sample", Role.MEMBERSHIP_COFACILITATOR, now=NOW)
        make.person(session, "River Example", now=NOW)
        ask_trial(session, manager, NOW)
        mark_sent(session, _trial(session).id, NOW)
    yield database


def _trial(session: object) -> Message:
    found = last_trial(session)  # type: ignore[arg-type]
    assert found is not None
    return found


def told(database: Database, config: Config) -> dict[str, Step]:
    with database.reading() as session:
        return {step.name: step for step in steps(session, config, NOW)}


def test_where_nothing_is_missing_every_step_is_done(peopled: Database, ready: Config) -> None:
    assert [step.left for step in told(peopled, ready).values() if not step.is_done] == []
    with peopled.reading() as session:
        assert missing(session, ready, NOW) == 0


def test_in_the_beginning_every_step_is_still_to_do(database: Database, tmp_path: Path) -> None:
    bare = Config.from_environment({"VAR": str(tmp_path)})

    assert [step.name for step in told(database, bare).values() if step.is_done] == []


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("name", {"call_us": ""}),
        ("name", {"network_name": "The Network"}),
        ("letterhead", {"office_mail_from": "policy@localhost"}),
        ("doors", {"signer_url": "https://desk.example"}),
        ("mail", {"smtp_url": None}),
        ("mail", {"mail_from": "updates@localhost"}),
        ("keys", {"keys_file": Path("/nowhere/keys.json")}),
        ("bills", {"congress_api_key": None}),
    ],
)
def test_a_setting_that_is_missing_reopens_its_step_alone(
    peopled: Database, ready: Config, name: str, change: dict[str, object]
) -> None:
    found = told(peopled, replace(ready, **change))  # type: ignore[arg-type]

    assert [step.name for step in found.values() if not step.is_done] == [name]
    assert all(finding.mend for finding in found[name].left)


def test_a_role_nobody_holds_any_more_reopens_the_terms(peopled: Database, ready: Config) -> None:
    with peopled.reading() as session:
        later = {step.name: step for step in steps(session, ready, NOW + timedelta(days=2000))}

    assert not later["terms"].is_done


def test_a_mail_that_did_not_leave_is_not_done(peopled: Database, ready: Config) -> None:
    with peopled.transaction() as session:
        ask_trial(session, _trial(session).about_id, NOW + timedelta(minutes=5))
        assert not {step.name: step for step in steps(session, ready, NOW)}["mail"].is_done
        mark_failed(session, _trial(session).id, NOW, "550")

    assert "did not leave" in told(peopled, ready)["mail"].left[0].says


def test_no_secret_is_shown(peopled: Database, ready: Config) -> None:
    secret = replace(ready, smtp_url="smtps://desk:plainly-fictional@mail.example")
    shown = [pair for step in told(peopled, secret).values() for pair in step.shown]

    assert not any("plainly-fictional" in value for _, value in shown)
    assert not {"SMTP_URL", "CONGRESS_API_KEY"} & {name for name, _ in shown}


def test_a_mail_to_oneself_goes_by_the_ledger_and_tells_nothing(database: Database, config: Config) -> None:
    with database.transaction() as session:
        manager = make.hand(session, "Manager Sample", Role.MANAGER, now=NOW)
        ask_trial(session, manager, NOW)
        ask_trial(session, manager, NOW + timedelta(seconds=30))

    [mail] = post(config, database, NOW + timedelta(minutes=1))

    assert (mail.subject, "Manager" in mail.body, "http" in mail.body) == ("It arrived", False, False)
    with database.reading() as session:
        assert (_trial(session).kind, _trial(session).sent_at is not None) == (TRIAL, True)


def test_it_may_be_sent_again_after_a_minute(database: Database, config: Config) -> None:
    with database.transaction() as session:
        manager = make.hand(session, "Manager Sample", Role.MANAGER, now=NOW)
        ask_trial(session, manager, NOW)
        ask_trial(session, manager, NOW + timedelta(minutes=2))

    assert len(post(config, database, NOW + timedelta(minutes=3))) == 2
