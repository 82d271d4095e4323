"""Coming in: the page that is the same for everybody, and who holds the key or the code in a form."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, Response, g, make_response, render_template, request
from sqlalchemy.orm import Session

from advocacy.people.typed_codes import read_code
from advocacy.signons import owners, visits
from advocacy.signons.links import Purpose
from advocacy.signons.owners import Owner
from advocacy.signons.throttling import note_wrong_code, wait_for
from advocacy.signons.visits import Visit
from advocacy.web.pages import desk
from advocacy.web.patience import keep_pace
from advocacy.web.signer import proofs
from advocacy.web.signer.pace import SHORTEST, buckets
from advocacy.web.signer.tongues import tongue
from advocacy.web.tongues import Tongue

signer = Blueprint("signer", __name__)
keep_pace(signer)

_LONGEST = 200


class NotKnown(Exception):
    """This link or code did not work."""


class WordFirst(Exception):
    """Somebody may read her mail, so her link alone can only take her name off."""

    def __init__(self, guest: "Visitor | Caller", *, wrong: bool) -> None:
        self.guest, self.wrong = guest, wrong
        super().__init__()


@dataclass(frozen=True, repr=False)
class Held:
    """What every form of a page carries on, in its body and nowhere else."""

    key: str = ""
    code: str = ""
    letter: str = ""
    proof: str = ""
    language: str = ""
    opened: str = ""


@dataclass(frozen=True, repr=False)
class Guest:
    """Somebody who came in: what she holds, the words she reads, and whether she may see any letter."""

    held: Held
    tongue: Tongue
    may_see: bool

    def page(self, name: str, status: int = 200, **words: object) -> Response:
        """One page of the door in her language."""
        page = render_template(f"signer/{name}.html", held=self.held, **spoken(self.tongue), **words)
        return make_response(page, status)


@dataclass(frozen=True, repr=False)
class Visitor(Guest):
    """Somebody who came to one letter."""

    visit: Visit


@dataclass(frozen=True, repr=False)
class Caller(Guest):
    """Somebody who came to her own page, from which she reaches each of her letters."""

    owner: Owner


def spoken(words: Tongue) -> dict[str, object]:
    """What every template of the door is given."""
    config = desk().config
    return {
        "tongue": words,
        "say": words.say,
        "day": words.day,
        "exit_url": config.exit_url,
        "call_us": config.call_us,
        "wait_hours": config.raise_wait_hours,
    }


@signer.after_request
def hush(answer: Response) -> Response:
    """Nothing is told to the next page, and nothing is found by a search engine."""
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
    guest = arrive(session, now, to_take_off=to_take_off)
    if not isinstance(guest, Visitor):
        raise NotKnown
    return guest


def arrive(session: Session, now: datetime, *, to_take_off: bool = False) -> Visitor | Caller:
    """As `come_in`, but a key to her own page may also come without naming a letter."""
    found = next(_known(session, typed("key"), typed("code"), typed("letter"), now), None)
    if found is None:
        raise NotKnown
    who, held = found
    if held.code:
        # A right code waits as long as a wrong one would.
        g.held_for = wait_for(session, _buckets(session, now), now)
    return _welcome(session, who, held, now, to_take_off)


def typed(name: str) -> str:
    """One short field of the form that was sent."""
    return request.form.get(name, "").strip()[:_LONGEST]


def _known(
    session: Session, key: str, code: str, letter: str, now: datetime
) -> Iterator[tuple[Visit | Owner, Held]]:
    """Who this is, and which of the two she is known by: only that is carried on."""
    if key and (visit := visits.visit_by_key(session, key, Purpose.SIGN, now)):
        yield visit, Held(key=key)
    if key and (owner := owners.owner_by_key(session, key, now)):
        yield from _her_letter(session, owner, Held(key=key, letter=letter))
    readable = read_code(code)
    if readable and (visit := visits.visit_by_code(session, readable, now)):
        yield visit, Held(code=readable)
    if readable and (owner := owners.owner_by_code(session, readable, now)):
        yield from _her_letter(session, owner, Held(code=readable, letter=letter))


def _her_letter(session: Session, owner: Owner, held: Held) -> Iterator[tuple[Visit | Owner, Held]]:
    """Her own page, or the one letter of hers she asked for. A letter of somebody else is not known."""
    if not held.letter:
        yield owner, held
    elif visit := owners.visit_to(session, owner, held.letter):
        yield visit, held


def _welcome(
    session: Session, who: Visit | Owner, held: Held, now: datetime, to_take_off: bool
) -> Visitor | Caller:
    words, word = tongue(typed("speak") or typed("language") or who.language), typed("word")
    proof = typed("proof") if proofs.holds(session, who, typed("proof"), now) else ""
    if who.asks_word and word and not proof:
        # A word is as easy to try as a code, so it waits in the same line.
        g.held_for = SHORTEST + wait_for(session, _buckets(session, now), now)
        proof = proofs.prove(session, who, now) if proofs.is_her_word(session, who, word) else ""
    may_see = bool(proof) or not who.asks_word
    held = replace(held, proof=proof, language=words.language, opened=typed("opened"))
    guest = _seat(who, held, words, may_see)
    if not may_see and not to_take_off:
        raise WordFirst(guest, wrong=bool(word))
    return guest


def _seat(who: Visit | Owner, held: Held, words: Tongue, may_see: bool) -> Visitor | Caller:
    if isinstance(who, Visit):
        return Visitor(held, words, may_see, who)
    return Caller(held, words, may_see, who)


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
    guest = fault.guest
    who = guest.visit if isinstance(guest, Visitor) else guest.owner
    return guest.page(
        "watched",
        422 if fault.wrong else 200,
        wrong=fault.wrong,
        shared=who.shared and not who.watched,
        off="/s/withdraw" if isinstance(guest, Visitor) else "/s/off",
    )


def _count_and_wait(*, wrong: bool) -> None:
    now = desk().clock()
    with desk().database.reading() as session:
        places = _buckets(session, now)
        g.held_for = SHORTEST + wait_for(session, places, now)
    if wrong:
        with desk().database.transaction() as session:
            note_wrong_code(session, places, now)
