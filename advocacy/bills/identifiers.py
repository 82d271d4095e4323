"""One name for one bill: any spelling a person or a service uses leads to the same key.

A key is the place, the session, the prefix, the number and whatever stands behind the number. Sessions are
the source's own words and are kept as they are; a star behind a number is part of it (Nevada's AB 444* is not
AB 444).
"""

import re
import unicodedata
from dataclasses import dataclass

from advocacy.bills.places import CONGRESS_DISPLAY, PLACES, REWORDED

_LONGEST = 120
_NUMBER = re.compile(
    r"(?P<prefix>[A-Z]+)0*(?P<number>[0-9]{1,9})(?P<suffix>\*{1,3}|-[0-9]{1,9}\*{0,3}|-?[A-Z]{1,2})?"
)
_LETTERED = re.compile(r"(?P<prefix>[HS](?:JR|CR|R|B))(?P<suffix>[A-Z])")
_SESSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z()_.&-]{0,39}")
_CONGRESS = re.compile(r"([0-9]{1,3})(?:ST|ND|RD|TH)?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?congress\.gov/bill/([0-9]{1,3})[a-z]{0,2}-congress/([a-z-]+)/([0-9]{1,9})(?:[/?#].*)?",
    re.IGNORECASE,
)


class BadReference(Exception):
    """Nobody could look this up. Type the place, the session and the number, as in us 119 H.R. 1144."""


class PlaceUnknown(BadReference):
    """Begin with the place: us for Congress, or a state's two letters, as in de 153 HB 201."""


class SessionUnknown(BadReference):
    """After the place comes the session, as in us 119 H.R. 1144 or de 153 HB 201."""


class NumberUnreadable(BadReference):
    """A bill has letters and a number, as in H.R. 1144 or HB 201."""


class PrefixUnknown(BadReference):
    """Congress has H.R., S., H.J.Res., S.J.Res., H.Con.Res., S.Con.Res., H.Res. and S.Res."""


@dataclass(frozen=True, order=True)
class BillKey:
    """The one name of a bill. `number` is 0 for the few that carry a letter instead (Michigan's HJR A)."""

    jurisdiction: str
    session: str
    prefix: str
    number: int
    suffix: str = ""

    @property
    def identifier(self) -> str:
        """How the bill is written in print: "H.R. 1144", "HB 201"."""
        prefix = CONGRESS_DISPLAY.get(self.prefix, self.prefix) if self.jurisdiction == "us" else self.prefix
        return f"{prefix} {self.number or ''}{self.suffix}"

    @property
    def reference(self) -> str:
        """The bill with its place, as a person would type it: "us 119 H.R. 1144"."""
        return f"{self.jurisdiction} {self.session} {self.identifier}"

    def __str__(self) -> str:
        return self.reference


def parse_reference(text: str) -> BillKey:
    """Read a bill with its place in any spelling, or say in one sentence what to type."""
    plain = " ".join(unicodedata.normalize("NFKC", text[: _LONGEST * 2]).split())
    if not plain or len(plain) > _LONGEST:
        raise BadReference(BadReference.__doc__)
    address = _ADDRESS.fullmatch(plain)
    if address:
        return make_key("us", address[1], address[2] + address[3])
    place, _, rest = plain.replace("/", " ").partition(" ")
    session, _, number = rest.strip().partition(" ")
    if place.strip(".,").casefold() not in PLACES:
        raise PlaceUnknown(f"{_shown(place)} is not a place we know. {PlaceUnknown.__doc__}")
    if not number:
        raise SessionUnknown(SessionUnknown.__doc__)
    return make_key(place, session, number)


def make_key(place: str, session: str, number: str) -> BillKey:
    """The key of a bill whose place and session are known, from any spelling of its number."""
    jurisdiction = PLACES.get(place.strip(" .,").casefold())
    if jurisdiction is None:
        raise PlaceUnknown(f"{_shown(place)} is not a place we know. {PlaceUnknown.__doc__}")
    kept = _session(jurisdiction, session.strip(" ,"))
    return BillKey(jurisdiction, kept, *_split_number(jurisdiction, number))


def _session(jurisdiction: str, text: str) -> str:
    if jurisdiction != "us":
        if not _SESSION.fullmatch(text):
            raise SessionUnknown(f"{_shown(text)} is not a session. {SessionUnknown.__doc__}")
        return text
    congress = _CONGRESS.fullmatch(text)
    if not congress or not int(congress[1]):
        raise SessionUnknown(f"{_shown(text)} is not a Congress. Type its number, as in us 119 H.R. 1144.")
    return str(int(congress[1]))


def _split_number(jurisdiction: str, text: str) -> tuple[str, int, str]:
    # Without its accents: P. de la Cámara is typed on keyboards that have none.
    letters = (c for c in unicodedata.normalize("NFKD", text[:_LONGEST]) if not unicodedata.combining(c))
    plain = "".join(letters).replace("–", "-").upper()
    plain = re.sub(r"(?<=[A-Z])-(?=[A-Z0-9])", "", re.sub(r"[\s.,#_]+", "", plain))
    found = _NUMBER.fullmatch(plain) or _LETTERED.fullmatch(plain)
    if not found or len(found["prefix"]) > 30:
        raise NumberUnreadable(f"{_shown(text)} is not a bill's number. {NumberUnreadable.__doc__}")
    number = int(found.groupdict().get("number") or 0)
    if not number and "number" in found.groupdict():
        raise NumberUnreadable(f"No bill has the number 0. {NumberUnreadable.__doc__}")
    suffix = _suffix(jurisdiction, found["suffix"] or "")
    return _prefix(jurisdiction, found["prefix"]), number, suffix


def _prefix(jurisdiction: str, letters: str) -> str:
    prefix = REWORDED.get(jurisdiction, REWORDED["*"]).get(letters, letters)
    if jurisdiction == "us" and prefix not in CONGRESS_DISPLAY:
        raise PrefixUnknown(f"Congress has no {_shown(letters)}. {PrefixUnknown.__doc__}")
    if len(prefix) > 10:
        raise NumberUnreadable(f"{_shown(letters)} is not how a bill begins. {NumberUnreadable.__doc__}")
    return prefix


def _suffix(jurisdiction: str, text: str) -> str:
    if jurisdiction == "us" and text:
        raise NumberUnreadable(f"In Congress nothing stands behind the number. {NumberUnreadable.__doc__}")
    if jurisdiction == "ny" and text.strip("-").isalpha():
        return ""  # In New York the letter names a print of the bill, not another bill.
    digits = re.fullmatch(r"-0*([0-9]+)(\**)", text)
    return f"-{digits[1]}{digits[2]}" if digits else text.strip("-")


def _shown(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text).strip()
    return f"“{plain[:30]}…”" if len(plain) > 30 else f"“{plain}”"
