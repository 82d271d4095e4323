"""Names the files we send: plain, short, by each venue's custom, and never after a signer."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from advocacy.letters.content import Content, LetterContent, TestimonyContent
from advocacy.letters.venues import Venue, known

LONGEST_FILE_NAME = 80

_BILL = re.compile(r"\b((?:[A-Z]\.?\s?){1,2}(?:[A-Z][a-z]*\.?\s?)?)(\d{1,5})\b")
_PLAIN_NAME = "{network}_{document}_{measure}_{stance}_{date}_{language}_v{version}"


def edition_file_name(key: str, content: Content, on: date, edition: int) -> str:
    """The name of the file for this venue, made of public facts alone. Each edition has its own."""
    return file_name(known().get(key), content, on, edition)


def file_name(venue: Venue | None, content: Content, on: date, edition: int) -> str:
    """An ASCII name below 80 characters that says what the paper is, and never who signed it."""
    facts = {
        "network": "".join(word[0] for word in _plain(content.network_name).split("-") if word).upper()
        or "ORG",
        "document": {"LetterContent": "Letter", "TestimonyContent": "Testimony"}.get(
            type(content).__name__, "Sheet"
        ),
        "measure": _measure(content, venue.measure_digits if venue else 0),
        "stance": _short_stance(venue, content),
        "date": on.isoformat(),
        "language": content.language.split("-")[0].upper(),
        "version": str(edition),
    }
    pattern = venue.file_name if venue else _PLAIN_NAME
    # Somebody uploads by hand from a folder of downloads: an older file must never look like this one.
    end = "" if "{version}" in pattern or edition == 1 else f"_v{edition}"
    name = re.sub(r"_{2,}", "_", pattern.format(**facts)).strip("_") + end
    return _shortened(name, LONGEST_FILE_NAME - len(".pdf") - 1) + ".pdf"


def _shortened(name: str, longest: int) -> str:
    """Cut in the middle, because the end tells one edition from another."""
    if len(name) <= longest:
        return name
    head, mark, end = name.rpartition("_")
    return head[: longest - len(mark + end)].rstrip("-_") + mark + end


def _measure(content: Content, digits: int) -> str:
    said = content.bill if isinstance(content, TestimonyContent) else content.title
    if found := _BILL.search(said):
        return re.sub(r"[^A-Za-z]", "", found[1]) + found[2].zfill(digits)
    return _plain(said)[:40].strip("-")


def _short_stance(venue: Venue | None, content: Content) -> str:
    said = content.stance_word if isinstance(content, TestimonyContent) else _opening_words(content)
    shorts = {stance.word: stance.short for stance in venue.stances.values()} if venue else {}
    return _plain(shorts.get(said, said))


def _opening_words(content: Content) -> str:
    """A letter's title opens with its stance where it has one: “Support if amended – H.R. 1144”."""
    if not isinstance(content, LetterContent):
        return ""
    opening, *rest = re.split(r":| – ", content.title, maxsplit=1)
    return opening if rest else ""


def _plain(text: str) -> str:
    """ASCII words joined by hyphens."""
    apart = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", apart).strip("-")
