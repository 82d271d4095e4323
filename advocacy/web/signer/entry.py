"""Coming in: the page that is the same for everybody, and who holds the key or the code in a form."""

import time
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, g, make_response, render_template, request
from sqlalchemy.orm import Session

from advocacy.signons import actions, visits
from advocacy.signons.links import Purpose, read_code
from advocacy.signons.visits import Visit
from advocacy.web.pages import desk
from advocacy.web.patience import hold_back
from advocacy.web.signer import proofs
from advocacy.web.signer.pace import SHORTEST, buckets
from advocacy.web.signer.tongues import Tongue, tongue

signer = Blueprint("signer", __name__)

_LONGEST = 200


class NotKnown(Exception):
    """This link or code did not work."""


class WordFirst(Exception):
    """Somebody may read her mail, so her link alone can only take her name off."""

    def __init__(self, visitor: "Visitor", *, wrong: bool) -> None:
        self.visitor, self.wrong = visitor, wrong
        super().__init__()


@dataclass(frozen=True, repr=False)
class Held:
    """What every form of a page carries on, in its body and nowhere else."""

    key: str = ""
    code: str = ""
    proof: str = ""
    language: str = ""


@dataclass(frozen=True, repr=False)
class Visitor:
    """Somebody who came in, what she holds, the words she reads, and whether she may see any letter."""

    visit: Visit
    held: Held
    tongue: Tongue
    may_see: bool

    def page(self, name: str, status: int = 200, **words: object) -> Response:
        """One page of the door in her language."""
        page = render_template(f"signer/{name}.html", held=self.held, **spoken(self.tongue), **words)
        return make_response(page, status)


def spoken(words: Tongue) -> dict[str, object]:
    """What every template of the door is given."""
    config = desk().config
    return {
        "tongue": words,
        "say": words.say,
        "day": words.day,
        "exit_url": config.exit_url,
        "call_us": config.call_us,
    }


@signer.before_request
def begin() -> None:
    """Note when the request came in."""
    g.began, g.held_for = time.monotonic(), 0.0


@signer.after_request
def hush(answer: Response) -> Response:
    """Nothing is kept, nothing is told to the next page, nothing is found by a search engine."""
    hold_back(g.get("began", 0.0), g.get("held_for", 0.0))
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, noarchive"
    return answer


@signer.get("/s/", strict_slashes=False)
@signer.get("/s/<path:rest>")
def start(rest: str = "") -> str:
    """The same page for everybody, whatever the address; it knows nothing and writes nothing."""
    return render_template("signer/start.html", failed=False, **spoken(tongue("en")))


def come_in(session: Session, now: datetime, *, to_take_off: bool = False) -> Visitor:
    """Who holds the key or code in this form; raises `NotKnown`, or `WordFirst` where her mail may be read.

    With `to_take_off` the link is enough: that much any link may do.
    """
    visit, held = _visit(session, typed("key"), typed("code"), now)
    if visit is None:
        raise NotKnown
    if held.code:
        # A right code waits as long as a wrong one would.
        g.held_for = visits.wait_for(session, _buckets(session, now), now)
    return _welcome(session, visit, held, now, to_take_off)


def typed(name: str) -> str:
    """One short field of the form that was sent."""
    return request.form.get(name, "").strip()[:_LONGEST]


def _visit(session: Session, key: str, code: str, now: datetime) -> tuple[Visit | None, Held]:
    """Who this is, and which of the two she is known by: only that is carried on."""
    found = visits.visit_by_key(session, key, Purpose.SIGN, now) if key else None
    if found is not None:
        return found, Held(key=key)
    readable = read_code(code)
    found = visits.visit_by_code(session, readable, now) if readable else None
    return found, Held(code=readable or "")


def _welcome(session: Session, visit: Visit, held: Held, now: datetime, to_take_off: bool) -> Visitor:
    words, word = tongue(typed("speak") or typed("language") or visit.language), typed("word")
    proof = typed("proof") if proofs.holds(session, visit, typed("proof"), now) else ""
    if visit.watched and word and not proof:
        # A word is as easy to try as a code, so it waits in the same line.
        g.held_for = SHORTEST + visits.wait_for(session, _buckets(session, now), now)
        proof = proofs.prove(session, visit, now) if proofs.is_her_word(session, visit, word) else ""
    may_see = bool(proof) or not visit.watched
    visitor = Visitor(visit, replace(held, proof=proof, language=words.language), words, may_see)
    if not may_see and not to_take_off:
        raise WordFirst(visitor, wrong=bool(word))
    return visitor


def _buckets(session: Session, now: datetime) -> list[bytes]:
    return list(buckets(session, request.remote_addr or "", desk().today(now)))


@signer.errorhandler(NotKnown)
def turn_away(_fault: NotKnown) -> Response:
    """One same page, status and time for every link and code that opens nothing."""
    _count_and_wait(wrong=bool(typed("code")))
    page = render_template("signer/start.html", failed=True, **spoken(tongue("en")))
    return make_response(page, 404)


@signer.errorhandler(WordFirst)
def ask_the_word(fault: WordFirst) -> Response:
    """What a link shows by itself when her mail may be read: nothing about any letter."""
    _count_and_wait(wrong=fault.wrong)
    return fault.visitor.page("watched", 422 if fault.wrong else 200, wrong=fault.wrong)


def _count_and_wait(*, wrong: bool) -> None:
    now = desk().clock()
    with desk().database.reading() as session:
        places = _buckets(session, now)
        g.held_for = SHORTEST + visits.wait_for(session, places, now)
    if wrong:
        with desk().database.transaction() as session:
            actions.note_wrong_code(session, places, now)
