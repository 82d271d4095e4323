"""The Procfile runs: a release, a web that answers, and a worker that sends what the web queued."""

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from advocacy.clock import now
from advocacy.config import Config
from advocacy.people.actions import add_person, give_term
from advocacy.people.limits import Preset
from advocacy.people.models import Language, MailMode
from advocacy.people.roles import Role
from advocacy.people.roster import RosterRow
from advocacy.vault import open_database
from tests.programs import answer_of, eventually, free_port, run, started

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "wren@members.example"


@dataclass(frozen=True)
class Installation:
    """Where it answers, what it was told, and the file its programs write their words into."""

    address: str
    config: Config
    says: Path


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Everything the Procfile names, running on a database of its own."""
    folder = tmp_path_factory.mktemp("procfile")
    says, port = folder / "words.txt", free_port()
    # honcho hands every program a PORT; the address in emails is a setting of its own.
    settings = {"VAR": str(folder / "var"), "BASE_URL": f"http://127.0.0.1:{port}"}
    config = Config.from_environment(settings)
    run("honcho", "start", "release", cwd=ROOT, **settings)
    put_on_the_roster(config)
    with started("honcho", "start", "-p", str(port), "web", "worker", cwd=ROOT, says=says, **settings):
        eventually(lambda: answer_of(f"{config.base_url}/healthz"), otherwise=says.read_text)
        yield Installation(config.base_url, config, says)


def put_on_the_roster(config: Config) -> None:
    """One fictional person who may open the office today."""
    row = RosterRow(
        line=2,
        name="Wren Sample",
        email=ADDRESS,
        chosen_name="",
        state="OH",
        language=Language.ENGLISH,
        mail_mode=MailMode.FULL,
        recognition_word="",
        credential="",
        affiliation="",
        limits=Preset.COUNT_ME_ONLY.limits(),
        groups=(),
    )
    database = open_database(config.database_url, config.keys_file)
    today = now().date()
    with database.transaction() as session:
        person = add_person(session, row, by=None, now=now())
        ends = date(today.year + 1, 12, 31)
        give_term(
            session, person.id, Role.MANAGER, begins_on=today - timedelta(days=2), ends_on=ends, by=None
        )
    database.close()


def test_the_web_answers_and_the_database_is_ready(installation: Installation) -> None:
    assert answer_of(f"{installation.address}/healthz") == b"ok\n"
    assert answer_of(f"{installation.address}/readyz") == b"ready\n"


def test_the_worker_sends_what_the_web_queued(installation: Installation) -> None:
    form = urlencode({"email": ADDRESS}).encode()

    urlopen(f"{installation.address}/office/sign-in", form, timeout=10).close()

    sent = eventually(lambda: only_mail(installation.config), otherwise=installation.says.read_text)
    assert sent["To"] == ADDRESS
    assert f"{installation.address}/office/enter#" in str(sent.get_payload())


def only_mail(config: Config) -> Message | None:
    """The one message in the mail folder, once it is there."""
    folder = config.var / "mail"
    messages = list(mailbox.Maildir(folder, create=False)) if folder.is_dir() else []
    return messages[0] if len(messages) == 1 else None
