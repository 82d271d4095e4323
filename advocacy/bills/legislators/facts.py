"""What the files say about legislators and committees, as values that cannot change."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody is on a committee; the files write it in many ways, which are kept as `title`."""

    CHAIR = "chair"
    RANKING = "ranking member"
    VICE = "vice chair"
    MEMBER = "member"


@dataclass(frozen=True)
class OfficeFact:
    """One room of a legislator."""

    kind: str
    address: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    contact_form: str = ""


@dataclass(frozen=True)
class PersonFact:
    """One legislator. `names` are all the ways in which their name is written."""

    code: str
    jurisdiction: str
    name: str
    surname: str
    names: frozenset[str]
    party: str
    state: str
    district: str
    chamber: str


@dataclass(frozen=True)
class CommitteeFact:
    """One committee."""

    code: str
    jurisdiction: str
    chamber: str
    name: str
    names: tuple[str, ...] = ()
    parent: str = ""
    address: str = ""
    phone: str = ""
    url: str = ""


@dataclass(frozen=True)
class SeatFact:
    """One seat on a committee: by id where the file gives one, else by name alone."""

    name: str
    code: str
    role: Role
    title: str
    side: str = ""
    rank: int = 0


@dataclass
class Told:
    """All that the files of one family said in one reading.

    `whole` names what was told whole, so that whoever is missing from it is over: ("people", "us").
    """

    family: str
    people: dict[str, PersonFact] = field(default_factory=dict)
    offices: dict[str, dict[str, tuple[OfficeFact, ...]]] = field(default_factory=dict)
    committees: dict[str, CommitteeFact] = field(default_factory=dict)
    seats: dict[str, tuple[SeatFact, ...]] = field(default_factory=dict)
    whole: set[tuple[str, str]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def role_of(title: str) -> Role:
    """The role behind a title: "Chairwoman" and "Cochairman" lead, "1st vice chair" does not."""
    said = title.casefold()
    if "vice" in said:
        return Role.VICE
    if "ranking" in said:
        return Role.RANKING
    return Role.CHAIR if re.match(r"co-?chair|chair", said) else Role.MEMBER


_BEFORE = re.compile(r"^(?:rep|sen|del|representative|senator|delegate|resident commissioner)\.?\s+", re.I)
_AFTER = re.compile(r"\s*\[[^\]]*\]$")


def folded(name: str) -> str:
    """A name for comparing: without title, place, case, width and the shape of quotes; accents stay."""
    plain = unicodedata.normalize("NFKC", name)
    plain = re.sub("[\u201c\u201d]", '"', plain).replace("\u2019", "'")
    plain = _BEFORE.sub("", _AFTER.sub("", plain.strip()))
    return " ".join(plain.split()).casefold()
