"""The recognition word: asked of whoever's mail may be read, and remembered for an hour without a cookie."""

import hmac
import unicodedata
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.people.models import Person
from advocacy.people.queries import names_of
from advocacy.signons.owners import Owner
from advocacy.signons.visits import Visit

_LASTS = timedelta(hours=1)


def is_her_word(session: Session, who: Visit | Owner, typed: str) -> bool:
    """Whether this is the word she chose, however she wrote it. Right and wrong take the same time."""
    word = names_of(session, session.get_one(Person, who.person_id)).recognition_word
    same = hmac.compare_digest(_mark(word), _mark(typed))
    return same and bool(word)


def _mark(word: str) -> bytes:
    return sha256(" ".join(unicodedata.normalize("NFKC", word).casefold().split()).encode()).digest()


def prove(session: Session, who: Visit | Owner, now: datetime) -> str:
    """A mark that says she has typed her word; her pages carry it for an hour instead of the word."""
    until = int((now + _LASTS).timestamp())
    return f"{until}.{_sealed(session, who, until)}"


def holds(session: Session, who: Visit | Owner, proof: str, now: datetime) -> bool:
    """Whether this mark is hers and its hour is not over."""
    until, _, sealed = proof.partition(".")
    if not (until.isascii() and until.isdigit() and len(until) < 12) or int(until) <= now.timestamp():
        return False
    return hmac.compare_digest(_sealed(session, who, int(until)).encode(), sealed.encode())


def _sealed(session: Session, who: Visit | Owner, until: int) -> str:
    return vault.hash_code(session, f"word {who.person_id} {until}").hex()
