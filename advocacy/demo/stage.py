"""What the demo is played on: an installation of its own, a clock that can be moved, a folder for traces."""

import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from advocacy.app import create_app
from advocacy.config import Config
from advocacy.db import Database
from advocacy.demo.visiting import Album, Client, Door
from advocacy.migrations import run
from advocacy.vault import open_database
from advocacy.worker import postman

NETWORK = "Fictional Survivor Network"


@dataclass
class Clock:
    """A clock that stands still until the demo moves it."""

    moment: datetime

    def __call__(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def pass_days(self, days: int) -> None:
        """Let some days go by."""
        self.moment += timedelta(days=days)


@dataclass
class Stage:
    """One installation, and everything it leaves in the folder."""

    config: Config
    database: Database
    clock: Clock
    client: Client
    out: Path
    album: Album
    mails: list[EmailMessage] = field(default_factory=list)

    @property
    def door(self) -> Door:
        """The signer's door."""
        return Door(self.client, self.album)

    @property
    def database_file(self) -> Path:
        """Where the sealed names lie."""
        return self.config.var / "advocacy.db"

    def send_mail(self) -> list[EmailMessage]:
        """Let the postman go round; what left now, also kept as files."""
        postman(self.config, self.database, self.clock).round()
        box = mailbox.Maildir(self.config.var / "mail", create=True)
        left = []
        for name in sorted(box.keys(), key=lambda name: (box.get_bytes(name), name)):
            left.append(self._keep(box.get_bytes(name)))
            box.discard(name)
        return left

    def _keep(self, raw: bytes) -> EmailMessage:
        folder = self.out / "mail"
        folder.mkdir(exist_ok=True)
        (folder / f"{len(self.mails) + 1:03}.eml").write_bytes(raw)
        mail = message_from_bytes(raw, policy=policy.default)
        self.mails.append(mail)
        return mail

    def keep_paper(self, name: str, pdf: bytes) -> None:
        """Keep a finished PDF: editions in their folder, the testimony beside it."""
        folder = self.out / "editions" if name.startswith("edition") else self.out
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.pdf").write_bytes(pdf)


@contextmanager
def set_stage(out: Path, now: datetime) -> Iterator[Stage]:
    """An installation in a temporary folder, gone at the end; only `out` stays."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="advocacy-demo-") as folder:
        config = Config.from_environment({"VAR": folder, "DEMO": "1", "NETWORK_NAME": NETWORK})
        run.upgrade(config.database_url)
        database = open_database(config.database_url, config.keys_file)
        clock = Clock(now)
        client = create_app(config, database, clock).test_client()
        try:
            yield Stage(config, database, clock, cast(Client, client), out, Album(out / "pages"))
        finally:
            database.close()
