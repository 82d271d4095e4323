"""Asks a service for JSON, politely, and turns every way that can go wrong into one clear sentence.

The key travels in a header, to the configured host and nowhere else, and is cut out of whatever comes back.
"""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from advocacy.bills.sources.source import (
    OPEN,
    Gate,
    SourceAnsweredNonsense,
    SourceRefusedKey,
    SourceUnreachable,
)

_LARGEST = 20_000_000
_REDIRECTS = 3
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


Asked = str | int | tuple[str, ...]
"""The value of one part of a question; several are asked for under one name."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the record in it (empty when it was an empty answer)."""

    status: int
    body: Mapping[str, object]


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds, and how often to try again."""

    connect: float = 5.0
    read: float = 30.0
    retries: int = 3
    pause: float = 0.8
    longest_pause: int = 20
    whole: float = 90.0


PATIENT = Patience()


@dataclass(frozen=True)
class Service:
    """One service at one address, asked politely and never for more than a bill can hold."""

    name: str
    address: str
    patience: Patience = field(default=PATIENT, kw_only=True)
    gate: Gate = field(default=OPEN, kw_only=True, repr=False)

    def fetch(self, session: requests.Session, path: str, /, **query: Asked) -> tuple[int, str]:
        """The status and the words of an answer, whatever they say, or `SourceUnreachable`."""
        try:
            response = self._follow(session, f"{self.address}{path}", query)
            text = self._text(response)
        except (requests.RequestException, HTTPError, OSError, UnicodeError):
            # What went wrong may quote the request, and so the key: it is not passed on.
            raise SourceUnreachable(f"{self.name} does not answer. Try again later.") from None
        if response.status_code in (429, 503) and (wait := _wait_asked(response)) is not None:
            raise SourceUnreachable(f"{self.name} asks us to slow down. Try again later.", wait=wait)
        return response.status_code, text

    def opened(self) -> requests.Session:
        """The connections for a few questions in a row; closed by `with`."""
        session = requests.Session()
        adapter = HTTPAdapter(max_retries=self._retry())
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        session.headers.update({"User-Agent": "Advocacy campaign desk"})
        return session

    def _retry(self) -> Retry:
        return Retry(
            total=self.patience.retries,
            read=0,  # A server that hangs once would hang each time, and somebody waits for the page.
            redirect=0,
            status_forcelist=(429, 500, 502, 503, 504, 520, 522, 524),
            allowed_methods=("GET",),
            backoff_factor=self.patience.pause,
            backoff_jitter=self.patience.pause,
            backoff_max=self.patience.longest_pause,
            retry_after_max=self.patience.longest_pause,
            raise_on_status=False,
        )

    def _follow(self, session: requests.Session, url: str, query: Mapping[str, Asked]) -> requests.Response:
        # Libraries follow a redirect with every header but Authorization, so would hand our key to another
        # host.
        asked: Mapping[str, Asked] | None = query
        for _ in range(_REDIRECTS + 1):
            self.gate.take()
            response = session.get(
                url,
                params=asked,
                timeout=(self.patience.connect, self.patience.read),
                allow_redirects=False,
                stream=True,
            )
            if not response.is_redirect:
                return response
            url, asked = urljoin(url, response.headers["Location"]), None
            if _origin(url) != _origin(self.address):
                raise SourceUnreachable(f"{self.name} sends us to another address, which we do not follow.")
        raise SourceUnreachable(
            f"{self.name} sends us round in circles. It is probably down; try again later."
        )

    def _text(self, response: requests.Response) -> str:
        # One read at a time: a server that sends a byte now and then must not hold us for ever.
        received, until = bytearray(), time.monotonic() + self.patience.whole
        while piece := response.raw.read1(65536, decode_content=True):
            received += piece
            if len(received) > _LARGEST:
                raise SourceAnsweredNonsense(f"{self.name} sent far more than a bill can hold.")
            if time.monotonic() > until:
                raise SourceUnreachable(f"{self.name} is too slow just now. Try again later.")
        return received.decode("utf-8", "replace")


@dataclass(frozen=True)
class JsonService(Service):
    """A service that answers in JSON. `setting` names the key's setting, for when the key is refused."""

    key_header: str
    setting: str
    key: str | None = field(default=None, repr=False)

    def ask(self, session: requests.Session, path: str, /, **query: Asked) -> Answer:
        """The answer to one question: a record with status 200, 400, 404 or 500, or else a fault."""
        status, received = self.fetch(session, path, **query)
        text = self.without_key(received)
        self._check_status(status, text)
        return Answer(status, self._record(status, text))

    def without_key(self, text: str) -> str:
        """The text with our key cut out, should the service have sent it back."""
        return text.replace(self.key, "[key]") if self.key else text

    def opened(self) -> requests.Session:
        """The connections for a few questions in a row, which carry the key; closed by `with`."""
        if self.key is not None and not _KEY.fullmatch(self.key):
            raise SourceRefusedKey(f"{self.setting} holds a character that no key for {self.name} has.")
        session = super().opened()
        session.headers["Accept"] = "application/json"
        if self.key:
            session.headers[self.key_header] = self.key
        return session

    def _check_status(self, status: int, text: str) -> None:
        if status == 429:
            raise SourceUnreachable(f"{self.name} asks us to slow down. Try again in an hour.")
        if text.lstrip()[:1] == "<":
            raise SourceUnreachable(
                f"{self.name} answers with a web page instead of data. It is probably down."
            )
        if status in (401, 403):
            raise SourceRefusedKey(self._about_the_key(text))
        if status in (502, 503, 504) or status > 504:
            raise SourceUnreachable(f"{self.name} is down (it answered {status}). Try again later.")
        if status not in (200, 400, 404, 500):
            raise SourceAnsweredNonsense(f"{self.name} answered {status}, which we did not expect.")

    def _about_the_key(self, text: str) -> str:
        if self.key is None:
            return f"{self.name} wants a key, and {self.setting} is not set."
        return f"{self.name} refuses the key in {self.setting}{said(text)}."

    def _record(self, status: int, text: str) -> Mapping[str, object]:
        try:
            record = json.loads(text)
        except (ValueError, RecursionError):
            if status != 200:
                return {}
            raise SourceAnsweredNonsense(
                f"{self.name} sent an answer that breaks off or is not data."
            ) from None
        if not isinstance(record, dict):
            raise SourceAnsweredNonsense(f"{self.name} sent something other than a record.")
        return record


def said(text: str) -> str:
    """What a service gave as its reason, short and printable, whether it sent an object or a string."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    reason = _reason(record) if isinstance(record, dict) else None
    plain = "".join(c for c in str(reason or "")[:120] if c.isprintable())
    return f" (it says: {plain})" if plain else ""


def _reason(record: Mapping[str, object]) -> object:
    # An object, a string, or a list of what was wrong with the question: each service has its own way.
    error = record.get("error") or record.get("detail")
    first = error[0] if isinstance(error, list) and error else error
    return (
        (first.get("code") or first.get("message") or first.get("msg")) if isinstance(first, dict) else first
    )


def _wait_asked(response: requests.Response) -> float | None:
    """The seconds a service asks for, said as a number or as a day and an hour (RFC 9110, 10.2.3)."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:6])
    until, now = _dated(said), _dated(response.headers.get("Date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _dated(said: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
