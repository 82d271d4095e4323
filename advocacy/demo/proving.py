"""Looks through everything the demo left for anybody who must not be found there."""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from pypdf import PdfReader
from sqlalchemy import select

from advocacy import audit
from advocacy.demo import scene
from advocacy.demo.cast import NOT_IN_A_LETTER, NOT_ON_THE_WEB
from advocacy.demo.stage import Stage
from advocacy.demo.telling import Broken, Printed, Proof
from advocacy.signons.models import SignOnEvent

# Three letters such as "Dee" turn up in sealed bytes by chance; her whole name is looked for beside it.
_LONG_ENOUGH = 6
_LEFT_BY_THE_SECOND = ("Siobhán O’Example-Sample", "Elif Expired-Örnek")
_IN_THE_LETTER = (
    "Wren Sample, survivor, LCSW",
    "Juniper",
    "A. M.",
    "A member from Ohio",
    "Ana-Lucía Ejemplo",
    "Nguyễn Mẫu",
    "李示例",
)


def prove(stage: Stage, printed: Sequence[Printed]) -> tuple[Proof, ...]:
    """Look everywhere; what was looked at. Raises `Broken` naming the place, never the person."""
    first, second, testimony = printed
    everybody = _everybody()
    return (
        _letters(first, second),
        _testimony(testimony, everybody),
        _public(stage),
        _door(stage, everybody),
        _mails(stage, everybody),
        _records(stage, everybody),
        _at_rest(stage, everybody),
    )


def _everybody() -> tuple[str, ...]:
    rows = csv.DictReader(io.StringIO(scene.roster_file().decode()))
    return tuple(name for row in rows for name in (row["name"], row["chosen_name"]) if name)


def _letters(first: Printed, second: Printed) -> Proof:
    _absent(_text(first), set(NOT_IN_A_LETTER) - set(_LEFT_BY_THE_SECOND), first.name)
    _absent(_text(second), {*NOT_IN_A_LETTER, *_LEFT_BY_THE_SECOND}, second.name)
    for line in _IN_THE_LETTER:
        if _folded(line) not in _folded(_text(second)):
            raise Broken(f"a line that was agreed to is missing from {second.name}")
    return Proof("Nobody is in a letter who did not say so", "both editions, their text and their metadata")


def _testimony(testimony: Printed, everybody: Iterable[str]) -> Proof:
    _absent(_text(testimony), {name for name in everybody if name != "Wren Sample"}, testimony.name)
    return Proof("The testimony names its witness alone", "the text and the metadata of the PDF")


def _public(stage: Stage) -> Proof:
    for name in stage.album.seen:
        if "public" in name:
            page = (stage.out / "pages" / name).read_text("utf-8")
            _absent(page, {*NOT_ON_THE_WEB, *_LEFT_BY_THE_SECOND}, name)
    return Proof("The public page shows web-consented lines alone", "every public page")


def _door(stage: Stage, everybody: Collection[str]) -> Proof:
    own = {"June Placeholder-Smith", "Juniper", "Dee Counted-Only", "Dee"} | {
        "Robin Withdrawn-Specimen",
        "Siobhán O’Example-Sample",
    }
    pages = [name for name in stage.album.seen if "door" in name]
    for name in pages:
        _absent((stage.out / "pages" / name).read_text("utf-8"), set(everybody) - own, name)
    return Proof("At the door nobody learns of anybody else", f"{len(pages)} pages")


def _mails(stage: Stage, everybody: Collection[str]) -> Proof:
    for n, mail in enumerate(stage.mails, 1):
        body = mail.get_body(("plain",))
        words = f"{mail['Subject']} {mail['From']} {body.get_content() if body else ''}"
        _absent(words, everybody, f"mail {n}")
        if not mail.is_multipart():
            _absent(words, ("trafficking", "survivor", "survivors", "H.R."), f"mail {n}")
    return Proof("No mail names anybody, or says what it is about", f"{len(stage.mails)} mails")


def _records(stage: Stage, everybody: Collection[str]) -> Proof:
    with stage.database.reading() as session:
        if not audit.verify(session).holds:
            raise Broken("the log does not hold")
        acts = session.scalars(select(audit.AuditEntry)).all()
        events = session.scalars(select(SignOnEvent)).all()
        told = " ".join(f"{act.act} {act.about} {act.why}" for act in acts)
        told += " ".join(f"{event.event} {event.form}" for event in events)
    _absent(told, everybody, "the log")
    return Proof("The log holds, and names nobody", f"{len(acts)} acts and {len(events)} events")


def _at_rest(stage: Stage, everybody: Collection[str]) -> Proof:
    files = [path for path in stage.config.var.glob("*.db*") if path.is_file()]
    for path in files:
        raw = path.read_bytes()
        if any(name.encode() in raw for name in everybody if len(name.encode()) >= _LONG_ENOUGH):
            raise Broken(f"a name lies open in {path.name}")
    return Proof("Names lie sealed", f"the raw bytes of {len(files)} database files")


def _text(printed: Printed) -> str:
    reader = PdfReader(io.BytesIO(printed.pdf))
    said = " ".join(page.extract_text() for page in reader.pages)
    return (
        f"{said} {reader.metadata} {reader.xmp_metadata.stream.get_data() if reader.xmp_metadata else ''!r}"
    )


def _absent(text: str, names: Iterable[str], where: str) -> None:
    folded, words = _folded(text), set(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
    for name in names:
        # One plain word is looked for as a word: "Dee" is no part of "indeed".
        alone = name.isascii() and name.isalpha()
        if name.casefold() in words if alone else _folded(name) in folded:
            raise Broken(f"somebody stands in {where} who did not agree to it")


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
