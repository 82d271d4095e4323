"""The page reviewer: looks at every answer any test receives, as a stranger with a screen reader would."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_TOKEN = re.compile(r'<input[^>]*name="csrf_token"[^>]*value="(?P<token>[^"]*)"')
_SECRET = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[\w.-]{40,}")
_NAMELESS = {"hidden", "submit", "button", "reset", "image"}


class Reviewed(FlaskClient):
    """A test client that will not hand over an answer it finds fault with."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)
        answer = super().open(*args, **kwargs)
        faults = [*faults_of_headers(answer)]
        seen = answer.mimetype == "text/html" and not 300 <= answer.status_code < 400
        if seen and answer.text.strip():
            faults += faults_of_page(answer.text)
        assert not faults, f"{answer.request.path}: " + "; ".join(faults)
        return answer


@dataclass
class Seen:
    """An answer as a reader meets it."""

    answer: TestResponse

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page, taken apart; nothing at all where the answer is a file."""
        return soup_of(self.answer.text if self.answer.mimetype in ("text/html", "text/plain") else "")

    @property
    def words(self) -> str:
        """The words of the page, spaces tidied."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def heading(self) -> str:
        """What the page says it is."""
        found = self.soup.h1
        return " ".join(found.get_text().split()) if found else ""

    @property
    def token(self) -> str:
        """The form token on this page, if it has a form."""
        found = _TOKEN.search(self.answer.text) if self.answer.mimetype == "text/html" else None
        return found["token"] if found else ""

    def links(self) -> list[str]:
        """Where this page leads."""
        return [str(link["href"]) for link in self.soup.find_all("a", href=True)]

    def forms(self) -> list[tuple[str, str]]:
        """What can be done here: method and address of each form."""
        found = self.soup.find_all("form")
        return [(str(form.get("method", "get")), str(form.get("action", ""))) for form in found]


class Reader:
    """Reads pages and presses buttons, carrying the form token of the page last seen, as a browser would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def get(self, path: str, status: int = 200, **more: Any) -> Seen:
        """Open a page."""
        return self._seen(self.client.get(path, **more), status)

    def post(self, path: str, data: dict[str, Any] | None = None, status: int = 303, **more: Any) -> Seen:
        """Send a form. A good one is answered by being sent on."""
        sent = {"csrf_token": self.token, **(data or {})}
        return self._seen(self.client.post(path, data=sent, **more), status)

    def follow(self, seen: Seen) -> Seen:
        """Go where the answer sends us."""
        return self.get(seen.answer.headers["Location"])

    def _seen(self, answer: TestResponse, status: int) -> Seen:
        told = f"{answer.request.path}: {answer.status_code}\n{answer.text[:2000]}"
        assert answer.status_code == status, told
        seen = Seen(answer)
        self.token = seen.token or self.token
        return seen


@lru_cache(maxsize=1)
def soup_of(text: str) -> BeautifulSoup:
    """A page, taken apart. Whoever reads it after the reviewer gets the same one: it is parsed once."""
    return BeautifulSoup(text, "html.parser")


def faults_of_headers(answer: TestResponse) -> list[str]:
    """What every answer must carry, and what none may."""
    headers, path = answer.headers, answer.request.path
    quiet = path == "/s" or path.startswith("/s/")
    referrers = {"no-referrer"} if quiet else {"no-referrer", "same-origin", None}
    wrong = {
        "a browser may guess the type": headers.get("X-Content-Type-Options") != "nosniff",
        "a browser may keep this": not path.startswith("/static/")
        and "no-store" not in headers.get("Cache-Control", ""),
        "it tells where the reader came from": headers.get("Referrer-Policy") not in referrers,
        "the signer's door sets a cookie": quiet and "Set-Cookie" in headers,
        "other sites may read it": "Access-Control-Allow-Origin" in headers,
    }
    return [*_faults_of_policy(answer), *(fault for fault, there in wrong.items() if there)]


def _faults_of_policy(answer: TestResponse) -> Iterator[str]:
    whole = answer.headers.get("Content-Security-Policy", "")
    policy = dict(part.strip().split(" ", 1) for part in whole.split(";") if part)
    for name, value in _POLICY.items():
        if policy.get(name) != value:
            yield f"the policy on {name} is missing"
    if "unsafe" in whole:
        yield "the policy allows something unsafe"


def faults_of_page(text: str) -> list[str]:
    """Everything wrong with a page, or with the part of one that htmx receives."""
    return list(_faults_of_shape(_shape_of(text)))


def _shape_of(text: str) -> str:
    """The page with its secrets and ids numbered: two pages of one shape have the same faults."""
    met: dict[str, int] = {}
    return _SECRET.sub(lambda found: f"id-{met.setdefault(found[0], len(met))}", text)


@lru_cache(maxsize=1024)
def _faults_of_shape(text: str) -> tuple[str, ...]:
    soup = BeautifulSoup(text, "html.parser")
    whole = text.lstrip().lower().startswith("<!doctype html>")
    faults = list(_faults_of_whole(soup, text)) if whole else []
    for look in _LOOKS:
        faults += look(soup)
    return tuple(faults)


def _faults_of_whole(soup: BeautifulSoup, text: str) -> Iterator[str]:
    heading, title = soup.find_all("h1"), soup.title.get_text() if soup.title else ""
    if len(heading) != 1:
        yield f"{len(heading)} main headings instead of one"
    elif title.split(" · ")[0] != " ".join(heading[0].get_text().split()):
        yield f"the title {title!r} is not the heading"
    if not (soup.html and soup.html.get("lang")):
        yield "no language"
    if len(soup.find_all("main")) != 1:
        yield "not exactly one main part"
    if not soup.find("meta", attrs={"name": "viewport"}):
        yield "no viewport, so a phone shows it tiny"
    yield from _levels(soup)
    parser = html5lib.HTMLParser()
    parser.parse(text)
    yield from (f"line {at[0]}: {code} {detail or ''}" for at, code, detail in parser.errors)


def _levels(soup: BeautifulSoup) -> Iterator[str]:
    before = 0
    for heading in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        level = int(heading.name[1])
        if level > before + 1:
            yield f"a heading is skipped before {heading.get_text().strip()!r}"
        before = level


def _ids(soup: BeautifulSoup) -> list[str]:
    counted = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    faults = [f"the id {id!r} stands there twice" for id, times in counted.items() if times > 1]
    for tag in soup.find_all(attrs={"aria-describedby": True}):
        told = str(tag["aria-describedby"]).split()
        faults += [f"nothing has the id {id!r}" for id in told if id not in counted]
    return faults


def _labels(soup: BeautifulSoup) -> list[str]:
    named = {str(label["for"]) for label in soup.find_all("label", attrs={"for": True})}
    faults = []
    for control in soup.find_all(["input", "select", "textarea"]):
        if control.name == "input" and control.get("type", "text") in _NAMELESS:
            continue
        known = control.get("id") in named or control.get("aria-label") or control.get("aria-labelledby")
        if not known and control.find_parent("label") is None:
            faults.append(f"the field {control.get('name')!r} has no label")
    return faults


def _buttons(soup: BeautifulSoup) -> list[str]:
    spoken = soup.find_all(["button", "a", "label", "legend"])
    silent = [tag for tag in spoken if not (tag.get_text().strip() or tag.get("aria-label"))]
    faults = [f"a {tag.name} without words" for tag in silent]
    return faults + [f"{img.get('src')!r} has no words" for img in soup.find_all("img", alt=False)]


def _inline(soup: BeautifulSoup) -> list[str]:
    faults = ["an inline script" for tag in soup.find_all("script") if not tag.get("src")]
    faults += ["an inline style sheet" for _ in soup.find_all("style")]
    for tag in soup.find_all(True):
        bad = [name for name in tag.attrs if name == "style" or name.startswith(("on", "hx-on"))]
        faults += [f"the attribute {name!r} on {tag.name}" for name in bad]
    return faults


def _outside(soup: BeautifulSoup) -> list[str]:
    """A page loads nothing from elsewhere; a link that leaves says nothing about where it came from."""
    faults = []
    for tag in soup.find_all(["script", "img", "link", "iframe", "source", "form"]):
        address = str(tag.get("src") or tag.get("href") or tag.get("action") or "")
        if urlsplit(address).netloc:
            faults.append(f"{tag.name} goes to {address}")
    return faults


def _forms(soup: BeautifulSoup) -> list[str]:
    mute = [form for form in soup.find_all("form") if not form.find(["button", "input"], type=_submits)]
    return [f"the form to {form.get('action')!r} has no button" for form in mute]


def _submits(kind: str | None) -> bool:
    return kind in (None, "submit")


Look = Callable[[BeautifulSoup], list[str]]
_LOOKS: tuple[Look, ...] = (
    _ids,
    _labels,
    _buttons,
    _inline,
    _outside,
    _forms,
)
