"""The guard of the office: who is asking, with which roles today, and may they? Asked before every page."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advocacy.config import Config
from advocacy.people import sessions
from advocacy.people.access import FRESH, TO_ENROL, is_open, may, may_second
from advocacy.people.sessions import LONGEST, Seat, Way
from advocacy.web.errors import NotYours
from advocacy.web.forms import TOKEN_FIELD, StaleForm, is_ours, token_for
from advocacy.web.htmx import go
from advocacy.web.pages import desk, has_page
from advocacy.web.security import SAFE

office = Blueprint("office", __name__, url_prefix="/office")

_ROOMS = (
    ("office.desk", "Desk"),
    ("office.campaigns", "Campaigns"),
    ("office.bills", "Bills"),
    ("office.positions", "Positions"),
    ("office.letters", "Letters"),
    ("office.seconding", "To second"),
    ("office.mail", "Mail"),
    ("office.people", "People"),
    ("office.roles", "Roles"),
    ("office.held", "Held prints"),
    ("office.record", "Record"),
)


class ProofFirst(Exception):
    """This act asks whoever is signed in to show once more who she is."""


@dataclass(frozen=True)
class Room:
    """One entry of the office's menu."""

    label: str
    url: str
    is_here: bool
    is_near: bool


@dataclass(frozen=True)
class Sitting:
    """How long the office stays open for whoever reads this page, and whether a press keeps it open."""

    ends_at: datetime
    seconds: int
    can_stay: bool


@office.before_request
def guard() -> ResponseReturnValue | None:
    """Let in who may come in. Everything else in the office relies on this and on nothing else."""
    now = desk().clock()
    g.seat = find_seat(now)
    endpoint = request.endpoint or ""
    if is_open(endpoint):
        return None
    if g.seat is None:
        return signed_out()
    if g.seat.way is Way.ENROLLING and endpoint not in TO_ENROL:
        return go(url_for("office.ways_in"))
    if not may(g.seat.roles, endpoint):
        raise NotYours
    token = request.headers.get("X-CSRF-Token") or (request.form.get(TOKEN_FIELD, "") if _acts() else "")
    if _acts() and not is_ours(token):
        raise StaleForm
    if _acts() and endpoint in FRESH and not (g.seat.is_fresh(now) or g.seat.way is Way.ENROLLING):
        raise ProofFirst
    return None


def _acts() -> bool:
    return request.method not in SAFE


def find_seat(now: datetime) -> Seat | None:
    """Who holds this cookie, writing the last-seen minute when a new one began."""
    key = key_sent()
    if not key:
        return None
    with desk().database.reading() as session:
        found = sessions.seat(session, key, now=now, today=desk().today(now))
    if found is not None:
        g.form_token = token_for(key)
        if found.is_due(now):
            with desk().database.transaction() as session:
                sessions.stay(session, key, now=now)
    return found


def seat() -> Seat:
    """Who is asking. The guard has made sure that somebody is."""
    found: Seat = g.seat
    return found


def signed_out() -> ResponseReturnValue:
    """Send a reader to the sign-in page; hand a writer her words back, because nothing was saved."""
    if not _acts():
        return go(url_for("office.sign_in"))
    kept = [text for name, text in request.form.items() if name != TOKEN_FIELD and len(text) > 20]
    return make_response(render_template("office/signed_out.html", kept=kept), 401)


def cookie_name(config: Config) -> str:
    """The cookie's name: only the demo on this machine does without the prefix browsers enforce."""
    return "office" if config.demo else "__Host-office"


def key_sent() -> str:
    """The key of the session that is asking, as its cookie says."""
    return request.cookies.get(cookie_name(desk().config), "")


def give_cookie(answer: Response, key: str) -> Response:
    """Hand the session's key to the browser, out of reach of scripts and other sites."""
    config = desk().config
    answer.set_cookie(
        cookie_name(config),
        key,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=not config.demo,
        httponly=True,
        samesite="Strict",
    )
    return answer


def _is_near(endpoint: str) -> bool:
    """Whether the page asked for belongs to a room, as `office.campaign` does to `office.campaigns`."""
    return (request.endpoint or "").startswith(endpoint.rstrip("s"))


@office.app_context_processor
def menu() -> dict[str, object]:
    """The rooms this person may enter, for the menu of every page, and what else she `can` open."""
    found: Seat | None = g.get("seat")
    roles = found.roles if found else frozenset()
    rooms = [
        Room(label, url_for(endpoint), endpoint == request.endpoint, _is_near(endpoint))
        for endpoint, label in _ROOMS
        if found and found.way is not Way.ENROLLING and has_page(endpoint) and may(roles, endpoint)
    ]

    def can(endpoint: str) -> bool:
        return has_page(endpoint) and may(roles, endpoint)

    return {
        "rooms": rooms,
        "can": can,
        "may_second": partial(may_second, roles),
        "form_token": g.get("form_token", "") if found else "",
        "sitting": _sitting(found),
    }


def _sitting(found: Seat | None) -> Sitting | None:
    if found is None:
        return None
    left = found.ends_at - desk().clock()
    return Sitting(found.ends_at, int(left.total_seconds()), found.ends_at < found.last_at)
