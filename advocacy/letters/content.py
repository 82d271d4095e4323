"""All that a letter may know: frozen values, handed to the printer and to nobody else."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from math import ceil
from typing import Any

WORDS_A_MINUTE = 130

# Letters that Unicode does not take apart, but that a reader looks up under their plain neighbour.
_NEIGHBOURS = str.maketrans(
    {"đ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)


@dataclass(frozen=True)
class Line:
    """One signature line, printed exactly as it was previewed."""

    text: str


@dataclass(frozen=True)
class Office:
    """One recipient as it stands in the inside address: an office, line by line."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Signatories:
    """Who signs: two lists sorted by what is printed, and how many asked only to be counted."""

    organisations: tuple[str, ...] = ()
    individuals: tuple[str, ...] = ()
    others: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "organisations", in_printed_order(self.organisations))
        object.__setattr__(self, "individuals", in_printed_order(self.individuals))
        if self.others < 0:
            raise ValueError("There cannot be fewer than no other signers.")

    @property
    def lines(self) -> tuple[str, ...]:
        """Every printed line in the order of the page."""
        return self.organisations + self.individuals

    @property
    def total(self) -> int:
        """Everybody who signed, named or counted."""
        return len(self.lines) + self.others


@dataclass(frozen=True)
class LetterContent:
    """A letter ready to be printed: text, offices and signature lines."""

    language: str
    network_name: str
    contact: tuple[str, ...]
    date_line: str
    recipients: tuple[Office, ...]
    re_line: str
    title: str
    body: str
    signatories: Signatories
    version_label: str
    sha256: str = ""
    salutation: str = ""
    copies: tuple[str, ...] = ()
    design: str = "sign_on_letter"

    @property
    def manifest(self) -> tuple[str, ...]:
        """The signature lines this letter shows, each once."""
        return self.signatories.lines

    @property
    def printed_names(self) -> tuple[str, ...]:
        """The signature lines in the order and number in which they stand on paper."""
        return self.signatories.lines


@dataclass(frozen=True)
class TestimonyContent:
    """A testimony ready to be printed: header box, witness, text."""

    # The class is no test; pytest must not collect it.
    __test__ = False

    language: str
    network_name: str
    contact: tuple[str, ...]
    date_line: str
    bill: str
    bill_title: str
    committee: str
    hearing_line: str
    stance_word: str
    title: str
    witness: Line
    body: str
    version_label: str
    sha256: str = ""
    salutation: str = ""
    spoken: str = ""
    design: str = "testimony"

    @property
    def manifest(self) -> tuple[str, ...]:
        """The signature lines this testimony shows, each once: its witness."""
        return (self.witness.text,)

    @property
    def printed_names(self) -> tuple[str, ...]:
        """The witness stands in the header and under the text."""
        return (self.witness.text, self.witness.text)


@dataclass(frozen=True)
class SpokenContent:
    """What a witness reads aloud, with its length: for her hands, never for filing."""

    language: str
    network_name: str
    title: str
    body: str
    words: int
    minutes: int
    version_label: str
    design: str = "spoken"
    manifest: tuple[str, ...] = field(default=())
    printed_names: tuple[str, ...] = field(default=())


Content = LetterContent | TestimonyContent | SpokenContent


def in_printed_order(lines: Iterable[str]) -> tuple[str, ...]:
    """Sort signature lines by what a reader sees, so that the order tells nothing about time."""
    return tuple(sorted(lines, key=lambda line: (_reading_key(line), line)))


def _reading_key(line: str) -> str:
    apart = unicodedata.normalize("NFKD", line.casefold()).translate(_NEIGHBOURS)
    return "".join(c for c in apart if c.isalnum() or c == " ").strip()


def spoken_minutes(words: int) -> int:
    """How many minutes a calm speaker needs, rounded up."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def spoken_version(testimony: TestimonyContent) -> SpokenContent:
    """The sheet a witness reads from, with its words counted."""
    words = len(testimony.spoken.split())
    return SpokenContent(
        language=testimony.language,
        network_name=testimony.network_name,
        title=testimony.title,
        body=testimony.spoken,
        words=words,
        minutes=spoken_minutes(words),
        version_label=testimony.version_label,
    )


def without_signers(letter: LetterContent) -> LetterContent:
    """The same letter with nobody under it, for a preview that must show no name."""
    return replace(letter, signatories=Signatories())


def to_json(content: LetterContent | TestimonyContent) -> str:
    """One stable line of JSON, from which the same paper can be printed again."""
    return json.dumps(asdict(content), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> LetterContent | TestimonyContent:
    """The content that `to_json` wrote, or that a design's sample holds."""
    data: dict[str, Any] = json.loads(text)
    return _testimony(data) if "witness" in data else _letter(data)


def _testimony(data: Mapping[str, Any]) -> TestimonyContent:
    witness = Line(data["witness"]["text"])
    return TestimonyContent(**{**data, "contact": tuple(data["contact"]), "witness": witness})


def _letter(data: Mapping[str, Any]) -> LetterContent:
    signers = data["signatories"]
    given = Signatories(tuple(signers["organisations"]), tuple(signers["individuals"]), signers["others"])
    offices = tuple(Office(tuple(office["lines"])) for office in data["recipients"])
    tuples = {"contact": tuple(data["contact"]), "copies": tuple(data.get("copies", ()))}
    return LetterContent(**{**data, **tuples, "recipients": offices, "signatories": given})
