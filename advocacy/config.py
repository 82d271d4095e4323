"""Every setting, read once from the environment into one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit


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
    smtp_url: str | None
    mail_from: str
    office_mail_from: str
    keys_file: Path
    exit_url: str
    network_name: str
    time_zone: str
    congress_api_url: str
    congress_api_key: str | None
    openstates_api_url: str
    openstates_api_key: str | None
    legiscan_api_url: str
    legiscan_api_key: str | None
    govinfo_url: str
    demo: bool

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Config":
        """Read and check every setting, or raise `BadSetting` with one clear line."""
        read = _Reader(environ)
        var = Path(read.text("VAR", "var"))
        port = read.number("PORT", 5000)
        base = read.url("BASE_URL", f"http://127.0.0.1:{port}")
        config = cls(
            var=var,
            database_url=read.database("DATABASE_URL", f"sqlite:///{var / 'advocacy.db'}"),
            queue_url=read.database("QUEUE_URL", f"sqlite:///{var / 'queue.db'}"),
            base_url=base,
            signer_url=read.url("SIGNER_URL", base),
            port=port,
            smtp_url=read.smtp("SMTP_URL"),
            mail_from=read.address("MAIL_FROM", "updates@localhost"),
            office_mail_from=read.address("OFFICE_MAIL_FROM", "policy@localhost"),
            keys_file=Path(read.text("KEYS_FILE", str(var / "keys.json"))),
            exit_url=read.url("EXIT_URL", "https://www.weather.gov"),
            network_name=read.text("NETWORK_NAME", "The Network"),
            time_zone=read.text("TIME_ZONE", "America/New_York"),
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
        return self._environ.get(name, "").strip() or default

    def secret(self, name: str) -> str | None:
        return self._environ.get(name, "").strip() or None

    def flag(self, name: str) -> bool:
        value = self.text(name, "0").lower()
        if value not in ("0", "1", "no", "yes", "false", "true"):
            raise BadSetting(f"{name} must be 0 or 1.")
        return value in ("1", "yes", "true")

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isdigit() or not 0 < int(value) < 65536:
            raise BadSetting(f"{name} must be a port number between 1 and 65535, not {value!r}.")
        return int(value)

    def url(self, name: str, default: str) -> str:
        value = self.text(name, default).rstrip("/")
        parts = _split(name, value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadSetting(f"{name} must be a web address such as https://example.org, not {value!r}.")
        return value

    def database(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value.split(":", 1)[0].split("+", 1)[0] not in ("sqlite", "postgresql"):
            raise BadSetting(f"{name} must begin with sqlite:/// or postgresql://.")
        return value

    def smtp(self, name: str) -> str | None:
        value = self.secret(name)
        if value is None:
            return None
        parts = _split(name, value)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise BadSetting(f"{name} must look like smtp://user:password@host:587 or smtps://host.")
        return value

    def address(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if "@" not in value or any(ord(c) < 32 for c in value):
            raise BadSetting(f"{name} must be one email address.")
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
    for name, url in (("BASE_URL", config.base_url), ("SIGNER_URL", config.signer_url)):
        if config.demo and not is_loopback(urlsplit(url).hostname or ""):
            raise BadSetting(f"DEMO=1 has no passwords, so {name} must stay on 127.0.0.1.")
