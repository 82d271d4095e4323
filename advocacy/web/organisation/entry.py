"""Coming in: one page that is the same for everybody, and who holds the key in a form."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, g, make_response, render_template, request
from sqlalchemy.orm import Session

from advocacy.organisations.links import Guest, guest_by_key
from advocacy.web.organisation.words import words_in
from advocacy.web.patience import keep_pace
from advocacy.web.tongues import Tongue

organisation = Blueprint("organisation", __name__, url_prefix="/o")
keep_pace(organisation)

_LONGEST = 300
# An expired key takes a little longer to look up than an unknown one. Both are answered only after this long.
_SHORTEST = 0.2


class NotKnown(Exception):
    """This link did not work."""


@dataclass(frozen=True, repr=False)
class Visitor:
    """Somebody who came in for an organisation: what she may do, her key, and the words she reads."""

    guest: Guest
    key: str
    words: Tongue

    def page(self, name: str, status: int = 200, **more: object) -> Response:
        """One page in her language."""
        return page(name, self.words, status, key=self.key, **more)


def page(name: str, words: Tongue, status: int = 200, **more: object) -> Response:
    """One page of the organisations' door."""
    shown = render_template(
        f"organisation/{name}.html",
        words=words,
        say=words.say,
        on_day=words.day,
        lang=words.language,
        **more,
    )
    return make_response(shown, status)


def typed(name: str) -> str:
    """One short field of the form that was sent."""
    return request.form.get(name, "").strip()[:_LONGEST]


def come_in(session: Session, now: datetime) -> Visitor:
    """Who holds the key in this form, or `NotKnown`. A whole link may be pasted as well."""
    key = typed("key").rpartition("#")[2]
    guest = guest_by_key(session, key, now)
    if guest is None:
        raise NotKnown
    return Visitor(guest, key, words_in(typed("language") or guest.language))


@organisation.get("/", strict_slashes=False)
def start() -> Response:
    """The same page for everybody; it knows nothing and writes nothing."""
    return page("start", words_in("en"), failed=False)


@organisation.errorhandler(NotKnown)
def turn_away(_fault: NotKnown) -> Response:
    """One same page, status and time for every link that opens nothing."""
    g.held_for = _SHORTEST
    return page("start", words_in("en"), 404, failed=True)
