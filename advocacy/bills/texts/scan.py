"""Finds places in a bill's new words that may create or widen punishment, policing, watching or deportation.

A mark is a place to look, not a finding: the words that set it off stand beside it, and a person reads on.
What is struck from the law, and what a section of findings only tells, sets nothing off. How often this is
right, and what it misses, is measured: docs/carceral-scan.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from advocacy.differences import Kind, Segment


class Mark(StrEnum):
    """Why a place is worth a look."""

    OFFENCE = "offence"
    SENTENCE = "sentence"
    MINIMUM = "minimum"
    POLICE = "police"
    WATCHING = "watching"
    IMMIGRATION = "immigration"


LABELS = {
    Mark.OFFENCE: "May make or widen an offence",
    Mark.SENTENCE: "May lengthen a sentence",
    Mark.MINIMUM: "May set a mandatory minimum",
    Mark.POLICE: "May widen what police or prosecutors do",
    Mark.WATCHING: "May widen watching or the sharing of data",
    Mark.IMMIGRATION: "May widen immigration enforcement",
}
"""Each kind in the words people read."""

_WORDS = {
    Mark.OFFENCE: (
        r"guilty of (?:an?|the) (?:\w+ ){0,3}(?:offen[sc]e|crime|felony|misdemeanor|violation)",
        r"commits (?:an?|the) (?:\w+ ){0,3}(?:offen[sc]e|crime|felony|misdemeanor)",
        r"shall be (?:\w+ )?(?:fined|imprisoned|punished|guilty)",
        r"punishable (?:by|as)\b",
        r"(?:unlawful|a crime|an offen[sc]e) (?:for|to)\b",
        r"(?:class|level) [a-e1-6] (?:felony|misdemeanor)",
        r"criminal (?:penalt(?:y|ies)|offen[sc]es?|liability)",
        r"(?:new|additional|certain) (?:federal )?(?:crimes?|offen[sc]es)",
        r"subject to (?:prosecution|arrest)",
    ),
    Mark.SENTENCE: (
        r"imprison(?:ed|ment) (?:for )?(?:a(?:ny)? term )?(?:of )?(?:not (?:more|less) than|for life|up to)",
        r"term of imprisonment (?:of|not|up)\b",
        r"life (?:imprisonment|in prison|without parole)",
        r"(?:enhanced?|increased?|consecutive) (?:\w+ )?(?:penalt(?:y|ies)|sentences?|terms?|punishments?)",
        r"(?:sentencing|sentence) enhancements?",
        r"(?:statute of limitations|supervised release|sex offender regist\w+)",
    ),
    Mark.MINIMUM: (
        r"(?:mandatory )?minimum (?:term|sentence|penalt\w+|punishment|period of imprisonment)",
        r"mandatory minimums?",
        r"(?:imprison\w*|term|sentence)[^.;]{0,40}not less than",
        r"not less than (?:\d+|\w+) (?:years?|months?|days?)[^.;]{0,40}(?:imprison|more than)",
    ),
    Mark.POLICE: (
        r"law[- ]enforcement",
        r"\bpolic(?:e|ing)\b(?! power)",
        r"\b(?:prosecutors?|prosecutorial|prosecution of|(?:to|may|shall) (?:\w+ )?prosecute)\b",
        r"\b(?:sheriffs?|district attorneys?)\b",
        r"\bFederal Bureau of Investigation\b",
        r"\b(?:(?:may|shall|to|make) arrests?|search warrants?|warrant for|task forces?)\b",
        r"\b(?:seizure|forfeit\w*)\b",
    ),
    Mark.WATCHING: (
        r"\b(?:surveillance|wiretap\w*|biometrics?|fingerprints?|facial recognition)\b",
        r"\blicen[sc]e plate readers?\b",
        r"\bintercept(?:ion|ions|ed|ing)?\b",
        r"\b(?:establish|creat|maintain|updat|publish)[^.;]{0,120}\b(?:database|registry)\b",
        r"\b(?:mandatory|mandated) report\w*",
        r"shar(?:e|ing) (?:of )?(?:\w+ ){0,3}(?:data|information|intelligence)",
    ),
    Mark.IMMIGRATION: (
        r"\b(?:deport\w*|removal proceedings?|inadmissib\w+|removable)\b",
        r"\bimmigration (?:and customs enforcement|enforcement|status)\b",
        r"\b(?:Customs and Border Protection|Border Patrol|Homeland Security Investigations)\b",
        r"\b(?:detain(?:ed|ing|ers?)?|detention)\b",
        r"\bunlawful(?:ly)? (?:present|entry|presence)\b",
    ),
}
_RULES = {kind: re.compile("|".join(words), re.IGNORECASE) for kind, words in _WORDS.items()}

# Struck words go, so they make nothing; neither do the words in which relief or a shield is written.
_STRUCK = re.compile(
    r"(?:strik(?:e|es|ing|en)|delet(?:e|ing)|repeal\w*)\s+"
    r"(?:[“\"‘`]{1,2}(?P<said>.{1,600}?)[”\"’]{1,2}|.{1,600}?(?=\s+(?:and|through)\s+insert))",
    re.DOTALL,
)
_RELIEF = re.compile(
    r"(?:vacat(?:e|es|ed|ing|ur)\b|expunge\w*|seal(?:ing|ed)? (?:of )?(?:the )?(?:record|arrest|conviction)|"
    r"(?:shall|may) not be (?:\w+ )?(?:detain|prosecut|arrest|charg|remov|deport|convict|punish|imprison)|"
    r"immun(?:e|ity) from|not be (?:subject|liable)|affirmative defense|decriminali[sz]\w*|"
    r"repeal\w* (?:of )?(?:the )?(?:mandatory|minimum)|(?:minimum|enhancement)[^.;]{0,60}(?:is|are) repealed|"
    r"\bno (?:officer|agency|person|official|employee)\b[^.;]{0,40}\bmay\b|clemency|pardon)",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(r"(?<=[.;—])\s+(?=[\[(“\"A-Z0-9])|\s+(?=\((?:[a-z]{1,4}|[A-Z]{1,3}|\d{1,2})\)\s)")
_FINDINGS = re.compile(r"^[#\s]*(?:\d+\.|sec(?:tion)?\.? ?\d+\.)?\s*findings?\b", re.IGNORECASE)
_HEADING = re.compile(r"^(?:#+\s|sec(?:tion)?\.? ?\d+\.)", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Place:
    """A place to look: where its paragraph begins and ends, why, and the words that set it off."""

    begins: int
    ends: int
    kind: Mark
    trigger: str


def places(words: str, since: Sequence[Segment] | None = None) -> tuple[Place, ...]:
    """The places in a text; with `since`, what changed from the text before, only those it adds."""
    added = None if since is None else list(_added(since))
    return tuple(place for place in _found(words) if added is None or _touches(place, words, added))


def _found(words: str) -> Iterator[Place]:
    in_findings = False
    for begins, paragraph in _paragraphs(words):
        if _HEADING.match(paragraph):
            in_findings = bool(_FINDINGS.match(paragraph))
        # Headings name what follows; a short title is a name and no rule.
        if in_findings or _HEADING.match(paragraph) or "may be cited as" in paragraph:
            continue
        struck = _STRUCK.sub(lambda hit: " " * len(hit[0]), paragraph)
        for at, clause in _clauses(struck):
            yield from _in_clause(begins + at, clause)


def _in_clause(begins: int, clause: str) -> Iterator[Place]:
    if _RELIEF.search(clause):
        return
    for kind, rule in _RULES.items():
        if hit := rule.search(clause):
            yield Place(begins, begins + len(clause), kind, " ".join(hit[0].split()))


def _clauses(paragraph: str) -> Iterator[tuple[int, str]]:
    """The parts of a paragraph that say one thing each: sentences, and what is numbered within them."""
    ends = [hit.end() for hit in _CLAUSE_ENDS.finditer(paragraph)]
    for begins, end in pairwise((0, *ends, len(paragraph))):
        if paragraph[begins:end].strip():
            yield begins, paragraph[begins:end].rstrip()


def _paragraphs(words: str) -> Iterator[tuple[int, str]]:
    for hit in re.finditer(r"[^\n]+", words):
        if hit[0].strip():
            yield hit.start(), hit[0]


def _added(pieces: Iterable[Segment]) -> Iterator[tuple[int, int]]:
    """Where the new text holds words the old one had not."""
    at = 0
    for piece in pieces:
        if piece.kind is Kind.REMOVED:
            continue
        if piece.kind is Kind.ADDED and piece.text.strip():
            yield at, at + len(piece.text)
        at += len(piece.text)


def _touches(place: Place, words: str, added: Sequence[tuple[int, int]]) -> bool:
    paragraph = words[place.begins : place.ends]
    for hit in _RULES[place.kind].finditer(paragraph):
        begins, ends = place.begins + hit.start(), place.begins + hit.end()
        if any(begins < end and start < ends for start, end in added):
            return True
    return False
