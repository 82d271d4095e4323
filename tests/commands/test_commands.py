"""The terminal answers in plain lines, and a known fault is one sentence and status 1."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from advocacy import audit
from advocacy.audit import AuditEntry
from advocacy.cli import main
from advocacy.db import Database
from advocacy.demo import scene
from advocacy.letters import render
from advocacy.people.models import Authenticator, Term

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in an installation of its own."""
    for name in ("DATABASE_URL", "QUEUE_URL", "SMTP_URL", "KEYS_FILE", "DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR", str(tmp_path / "var"))
    return lambda *words: CliRunner().invoke(main, list(words))


@pytest.fixture
def ready(run: Run) -> Run:
    assert run("db", "upgrade").exit_code == 0
    return run


@pytest.fixture
def kept(ready: Run, tmp_path: Path) -> Iterator[Database]:
    """What the commands of this installation wrote."""
    database = Database(f"sqlite:///{tmp_path / 'var' / 'advocacy.db'}")
    yield database
    database.close()


def test_a_database_without_tables_says_what_to_run(run: Run) -> None:
    seen = run("audit", "verify")

    assert seen.exit_code == 1
    assert seen.output.strip() == "The database has no tables yet. Run: advocacy db upgrade"


def test_a_bad_setting_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")

    seen = run("audit", "verify")

    assert seen.exit_code == 2
    assert seen.output.count("\n") == 1
    assert "PORT" in seen.output


def test_a_place_that_cannot_be_written_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("VAR", str(tmp_path / "file" / "var"))

    seen = run("audit", "verify")

    assert seen.exit_code == 1
    assert seen.output.count("\n") == 1
    assert str(tmp_path / "file") in seen.output


def test_keys_others_may_read_refuse_to_start(ready: Run, tmp_path: Path) -> None:
    ready("audit", "verify")
    (tmp_path / "var" / "keys.json").chmod(0o644)

    seen = ready("audit", "verify")

    assert seen.exit_code == 2
    assert "chmod 0400" in seen.output


def test_a_roster_file_is_taken_in(ready: Run, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(scene.roster_file())

    assert ready("roster", "import", str(file)).output == "25 people added, 0 already known.\n"
    assert ready("roster", "import", str(file)).output == "0 people added, 25 already known.\n"


def test_a_faulty_roster_names_its_lines_and_nobody(ready: Run, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    file.write_text(
        "name,email,state\nWren Sample,not-an-address,OH\nRiver Example,river@example.test,Nowhere\n"
    )

    seen = ready("roster", "import", str(file))

    assert seen.exit_code == 1
    assert "Line 2:" in seen.output
    assert "Line 3:" in seen.output
    assert "Wren" not in seen.output
    assert "Nowhere" not in seen.output
    assert ready("roster", "import", str(file)).exit_code == 1


def test_a_missing_file_is_one_sentence(ready: Run) -> None:
    seen = ready("roster", "import", "nowhere.csv")

    assert (seen.exit_code, seen.output) == (1, "There is no file nowhere.csv.\n")


def test_the_first_account_gets_a_link_that_opens_the_office(ready: Run) -> None:
    seen = ready("admin", "invite", "pat@example.test")

    assert seen.exit_code == 0
    assert "/office/enter#" in seen.output


def test_who_has_the_role_already_gets_a_link_and_no_second_term(ready: Run, kept: Database) -> None:
    for _ in range(2):
        assert ready("admin", "invite", "ada@example.test", "--role", "custodian").exit_code == 0

    with kept.reading() as session:
        assert [term.role for term in session.scalars(select(Term))] == ["custodian"]


def test_only_roles_that_oversee_come_in_from_the_terminal(ready: Run) -> None:
    assert ready("admin", "invite", "ada@example.test", "--role", "pwg_cofacilitator").exit_code == 2


def test_when_every_device_is_lost_the_server_lets_her_begin_anew_on_record(
    ready: Run, kept: Database
) -> None:
    ready("admin", "invite", "pat@example.test")
    with kept.transaction() as session:
        person_id = session.scalars(select(Term.person_id)).one()
        session.add(Authenticator(person_id=person_id, secret=b"sealed", begun_on=date(2026, 1, 1)))

    seen = ready("admin", "begin-anew", "pat@example.test", "--why", "the only phone is gone")

    assert seen.exit_code == 0
    with kept.reading() as session:
        assert session.scalars(select(Authenticator)).all() == []
        why = select(AuditEntry.why).where(AuditEntry.act == "factor.reset")
        assert session.scalars(why).all() == ["the only phone is gone"]


def test_begin_anew_for_nobody_says_so(ready: Run) -> None:
    seen = ready("admin", "begin-anew", "ada@example.test", "--why", "lost")

    assert (seen.exit_code, seen.output) == (
        1,
        "Nobody, or more than one person, with a role has this address.\n",
    )


def test_an_invitation_to_no_address_says_so(ready: Run) -> None:
    seen = ready("admin", "invite", "pat")

    assert (seen.exit_code, seen.output) == (1, "That is not an address mail can be sent to.\n")


def test_a_bill_nobody_can_read_is_one_sentence(ready: Run) -> None:
    seen = ready("bills", "show", "the bill about houses")

    assert seen.exit_code == 1
    assert seen.output.count("\n") == 1


def test_a_bill_not_followed_says_how_to_follow_it(ready: Run) -> None:
    seen = ready("bills", "show", "us 119 hr 1144")

    assert seen.exit_code == 1
    assert "advocacy bills track" in seen.output


def test_a_bill_whose_source_cannot_be_reached_is_one_sentence(
    ready: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONGRESS_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("CONGRESS_API_KEY", "secret-key-of-the-test")

    seen = ready("bills", "track", "us 119 H.R. 1144")

    assert seen.exit_code == 1
    assert "secret-key-of-the-test" not in seen.output
    assert "Traceback" not in seen.output


def test_a_followed_bill_is_shown_as_data(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "1")
    assert ready("demo", "--load").exit_code == 0

    told = json.loads(ready("bills", "show", "us 119 h.r. 1144", "--json").output)

    needed = "jurisdiction session identifier title stage last_action last_action_on rule source fetched_at"
    assert {*needed.split(), "sponsors", "cosponsors", "committees", "versions"} <= set(told)
    assert told["last_action"] == "Ordered to be Reported (Amended) by Voice Vote."


def test_every_design_is_printed(run: Run, tmp_path: Path) -> None:
    seen = run("letters", "proof", "--out", str(tmp_path / "proofs"))

    assert seen.exit_code == 0
    assert {path.stem for path in (tmp_path / "proofs").glob("*.pdf")} == set(render.names())


def test_a_foreign_file_is_no_edition(ready: Run, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.7")

    seen = ready("edition", "verify", str(tmp_path / "other.pdf"))

    assert (seen.exit_code, seen.output) == (1, "This file is no edition of ours, or it was changed.\n")


def test_the_log_is_read_and_said_to_hold(ready: Run, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'var' / 'advocacy.db'}")
    with database.transaction() as session:
        audit.record(session, "test.act", actor=None, about="nothing")
    database.close()

    assert ready("audit", "verify").output.startswith("1 entries hold.")


def test_the_end_of_the_log_is_printed_and_held_against_it_later(ready: Run, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'var' / 'advocacy.db'}")
    for name in ("one", "two"):
        with database.transaction() as session:
            audit.record(session, name, actor=None, about="nothing")
    database.close()
    end = ready("audit", "head").output.strip()

    assert end.startswith("2 ")
    assert "Entry 2 is the one you kept." in ready("audit", "verify", "--against", end).output
    other = ready("audit", "verify", "--against", "1 " + end[2:])
    assert (other.exit_code, "was rewritten" in other.output) == (1, True)
    assert ready("audit", "verify", "--against", "yesterday").exit_code == 1


def test_the_demo_is_not_loaded_where_real_people_may_be(ready: Run) -> None:
    seen = ready("demo", "--load")

    assert seen.exit_code == 1
    assert "DEMO=1" in seen.output


def test_the_demo_is_loaded_once(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "1")

    assert ready("demo", "--load").output == "The demo is ready.\n"
    assert ready("demo", "--load").output == "Somebody is here already, so nothing was loaded.\n"


def test_the_demo_wants_a_folder_of_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thing").write_text("mine")

    assert run("demo", "--out", str(tmp_path / "full")).exit_code == 1
    assert run("demo").exit_code == 1


def test_the_demo_is_not_served_to_others(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO", "1")

    seen = ready("serve", "--host", "0.0.0.0")

    assert (seen.exit_code, seen.output.count("\n")) == (2, 1)
    assert "127.0.0.1" in seen.output


# ---- erasing somebody


@pytest.fixture
def roster(ready: Run, tmp_path: Path) -> Run:
    file = tmp_path / "roster.csv"
    file.write_text(
        "name,email\nWren Sample,wren@x.example\nDee Sample,two@x.example\nAna Sample,two@x.example"
    )
    assert ready("roster", "import", str(file)).exit_code == 0
    return ready


def test_forget_asks_for_a_typed_word_and_erases(roster: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "no")
    assert "Nobody was erased." in roster("forget", "wren@x.example").output
    monkeypatch.setattr("click.prompt", lambda *_, **__: "erase")

    assert roster("forget", "WREN@x.example").exit_code == 0

    again = roster("forget", "wren@x.example", "--yes")
    assert (again.exit_code, again.output.strip()) == (1, "Nobody on the roster is known by that.")


def test_forget_does_not_guess_among_those_who_share_a_mailbox(roster: Run) -> None:
    said = roster("forget", "two@x.example", "--yes")
    assert said.exit_code == 1
    assert "Several people read this mailbox." in said.output
    one = said.output.split()[-1]

    assert roster("forget", "--id", one, "--yes").exit_code == 0
    assert roster("forget", "two@x.example", "--yes").exit_code == 0


def test_every_command_refuses_over_a_spoiled_list_of_erasures(roster: Run, tmp_path: Path) -> None:
    assert roster("forget", "wren@x.example", "--yes").exit_code == 0
    listed = tmp_path / "var" / "erasures.jsonl"
    listed.unlink()

    for words in (("audit", "verify"), ("serve",), ("worker",)):
        said = roster(*words)
        assert said.exit_code == 1
        assert "lacks people who were erased" in said.output
    assert "holds the 1 " in roster("forget", "--rebuild-list").output
    assert roster("audit", "verify").exit_code == 0
