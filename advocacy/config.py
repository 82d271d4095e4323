"""Every setting, read once from the environment into one frozen value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

_DATABASES = "sqlite:///path or postgresql://user:password@host/name"
_MAILBOX = r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
_ONE_ADDRESS = re.compile(rf'{_MAILBOX}|[^<>@,;"]+ <{_MAILBOX}>', re.ASCII)
_LABELS = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*", re.ASCII)


class BadSetting(Exception):
    """A setting has a value that cannot work."""


@dataclass(frozen=True)
class Config:
    """What this installation was told. A field's environment name is the field in capitals."""

    var: Path
    database_url: str
    queue_url: str
    base_url: str
    signer_url: str
    port: int
    behind_proxy: bool
    smtp_url: str | None
    mail_from: str
    office_mail_from: str
    dkim_selector: str
    keys_file: Path
    erasures_file: Path
    journal_file: Path
    exit_url: str
    call_us: str
    network_name: str
    time_zone: str
    ask_budget: int
    raise_wait_hours: int
    congress_api_url: str
    congress_api_key: str | None
    openstates_api_url: str
    openstates_api_key: str | None
    legiscan_api_url: str
    legiscan_api_key: str | None
    govinfo_url: str
    demo: bool

    @property
    def worker_seen(self) -> Path:
        """The file a worker touches each minute, so that others can see whether it lives."""
        return self.var / "worker.seen"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Config":
        """Read and check every setting, or raise `BadSetting` with one clear line."""
        read = _Reader(environ)
        var = Path(read.text("VAR", "var"))
        port = read.number("PORT", 5000)
        base = read.door("BASE_URL", f"http://127.0.0.1:{port}")
        config = cls(
            var=var,
            database_url=read.database("DATABASE_URL", f"sqlite:///{var / 'advocacy.db'}"),
            queue_url=read.database("QUEUE_URL", f"sqlite:///{var / 'queue.db'}"),
            base_url=base,
            signer_url=read.door("SIGNER_URL", base),
            port=port,
            behind_proxy=read.flag("BEHIND_PROXY"),
            smtp_url=read.smtp("SMTP_URL"),
            mail_from=read.address("MAIL_FROM", "updates@localhost"),
            office_mail_from=read.address("OFFICE_MAIL_FROM", "policy@localhost"),
            dkim_selector=read.label("DKIM_SELECTOR"),
            keys_file=Path(read.text("KEYS_FILE", str(var / "keys.json"))),
            erasures_file=Path(read.text("ERASURES_FILE", str(var / "erasures.jsonl"))),
            journal_file=Path(read.text("JOURNAL_FILE", str(var / "journal.jsonl"))),
            exit_url=read.url("EXIT_URL", "https://www.weather.gov"),
            call_us=read.text("CALL_US", ""),
            network_name=read.text("NETWORK_NAME", "The Network"),
            time_zone=read.zone("TIME_ZONE", "America/New_York"),
            ask_budget=read.few("ASK_BUDGET", 2),
            raise_wait_hours=read.few("RAISE_WAIT_HOURS", 24),
            congress_api_url=read.url("CONGRESS_API_URL", "https://api.congress.gov/v3"),
            congress_api_key=read.secret("CONGRESS_API_KEY"),
            openstates_api_url=read.url("OPENSTATES_API_URL", "https://v3.openstates.org"),
            openstates_api_key=read.secret("OPENSTATES_API_KEY"),
            legiscan_api_url=read.url("LEGISCAN_API_URL", "https://api.legiscan.com"),
            legiscan_api_key=read.secret("LEGISCAN_API_KEY"),
            govinfo_url=read.url("GOVINFO_URL", "https://www.govinfo.gov"),
            demo=read.flag("DEMO"),
        )
        _check_demo_stays_home(config)
        return config


class _Reader:
    """Looks settings up by name and says which one is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def text(self, name: str, default: str) -> str:
        value = self._environ.get(name, "").strip() or default
        if not value.isprintable():
            raise BadSetting(f"{name} must be one line without hidden characters.")
        return value

    def secret(self, name: str) -> str | None:
        value = self.text(name, "")
        if any(character.isspace() for character in value):
            raise BadSetting(f"{name} has a space in it; something else was pasted with it.")
        return value or None

    def flag(self, name: str) -> bool:
        value = self.text(name, "0").lower()
        if value not in ("0", "1", "no", "yes", "false", "true"):
            raise BadSetting(f"{name} must be 0 or 1.")
        return value in ("1", "yes", "true")

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdecimal() and len(value) < 6 and 0 < int(value) < 65536):
            raise BadSetting(f"{name} must be a port number between 1 and 65535.")
        return int(value)

    def few(self, name: str, default: int) -> int:
        """A small number of things, at least one."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdecimal() and 1 <= int(value[:4]) <= 999):
            raise BadSetting(f"{name} must be a whole number from 1 to 999.")
        return int(value)

    def zone(self, name: str, default: str) -> str:
        value = self.text(name, default)
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
            raise BadSetting(f"{name} must be a place such as America/New_York.") from fault

    def url(self, name: str, default: str) -> str:
        value = self.text(name, default).rstrip("/")
        parts = _split(name, value)
        plain = not (parts.query or parts.fragment or parts.username or " " in value)
        if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
            raise BadSetting(f"{name} must be a plain web address such as https://example.org.")
        return value

    def door(self, name: str, default: str) -> str:
        """Where people come in: a whole host, and never in the clear across a network."""
        value = self.url(name, default)
        parts = _split(name, value)
        if parts.path:
            raise BadSetting(f"{name} must be the address of a host, without anything after its name.")
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise BadSetting(f"{name} must begin with https://, because names and keys pass through it.")
        return value

    def database(self, name: str, default: str) -> str:
        value = self.text(name, default)
        try:
            parsed = make_url(value)
        except (ArgumentError, ValueError) as fault:
            raise BadSetting(f"{name} must look like {_DATABASES}.") from fault
        if parsed.drivername not in ("sqlite", "postgresql", "postgresql+psycopg"):
            raise BadSetting(f"{name} must look like {_DATABASES}.")
        if parsed.drivername == "sqlite" and parsed.database in (None, "", ":memory:"):
            raise BadSetting(f"{name} must name a file; a database in memory forgets everything.")
        return value

    def smtp(self, name: str) -> str | None:
        value = self.secret(name)
        if value is None:
            return None
        parts = _split(name, value)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/"):
            raise BadSetting(f"{name} must look like smtp://user:password@host:587 or smtps://host.")
        return value

    def label(self, name: str) -> str:
        """A part of a host's name, or none."""
        value = self.text(name, "")
        if value and not _LABELS.fullmatch(value):
            raise BadSetting(f"{name} must be letters, figures, hyphens and dots, such as mail2026.")
        return value

    def address(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not _ONE_ADDRESS.fullmatch(value):
            raise BadSetting(f"{name} must be one email address, such as updates@example.org.")
        return value


def _split(name: str, value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as fault:
        raise BadSetting(f"{name} is not a web address that can be read.") from fault
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host name or number can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _check_demo_stays_home(config: Config) -> None:
    doors = {"BASE_URL": config.base_url, "SIGNER_URL": config.signer_url, "SMTP_URL": config.smtp_url}
    for name, url in doors.items():
        if config.demo and url and not is_loopback(urlsplit(url).hostname or ""):
            raise BadSetting(f"DEMO=1 has no passwords, so {name} must stay on 127.0.0.1.")
