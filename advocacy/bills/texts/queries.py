"""The texts of a bill as a page shows them, and how many places in them are worth a look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.models import TextVersion
from advocacy.bills.queries import facts
from advocacy.bills.texts.keeping import in_order
from advocacy.bills.texts.models import TextBody
from advocacy.bills.texts.scan import LABELS, Mark


@dataclass(frozen=True)
class Marked:
    """A place to look in a text: what stands there, why, and the words that set it off."""

    begins: int
    ends: int
    label: str
    trigger: str
    words: str


@dataclass(frozen=True)
class TextLine:
    """One text of a bill. `has_words` unless it was not fetched, for the reason in `fault`."""

    id: UUID
    kind: str
    on: date | None
    links: tuple[tuple[str, str], ...]
    has_words: bool
    letters: int
    fetched_at: datetime | None
    address: str
    fault: str
    marks: int
    since_id: UUID | None


@dataclass(frozen=True)
class WholeText:
    """A text with its words in paragraphs, each with the places to look at in it."""

    line: TextLine
    words: str
    marks: tuple[Marked, ...]

    @property
    def paragraphs(self) -> Iterator[tuple[tuple[str, tuple[Marked, ...]], ...]]:
        """Every paragraph in pieces, each with its marks; most have none."""
        at = 0
        for paragraph in self.words.split("\n"):
            end = at + len(paragraph)
            yield tuple(self._pieces(at, end))
            at = end + 1

    def _pieces(self, begins: int, ends: int) -> Iterator[tuple[str, tuple[Marked, ...]]]:
        here = [mark for mark in self.marks if begins <= mark.begins < ends]
        for at in dict.fromkeys(mark.begins for mark in here):
            found = tuple(mark for mark in here if mark.begins == at)
            yield self.words[begins:at], ()
            yield found[0].words, found
            begins = found[0].ends
        yield self.words[begins:ends], ()


def texts_of(session: Session, bill_id: UUID) -> tuple[TextLine, ...]:
    """The texts of a bill, the newest first."""
    rows = [row for row in facts(session, TextVersion, bill_id) if row.gone_at is None]
    bodies = {
        body.text_id: body
        for body in session.scalars(select(TextBody).where(TextBody.text_id.in_([row.id for row in rows])))
    }
    return tuple(_line(row, bodies.get(row.id)) for row in reversed(in_order(rows)))


def whole_text(session: Session, bill_id: UUID, text_id: UUID) -> WholeText | None:
    """One text of a bill with its words, when we have them."""
    row, body = session.get(TextVersion, text_id), session.get(TextBody, text_id)
    if row is None or row.bill_id != bill_id or body is None or body.words is None:
        return None
    marks = tuple(_marked(body.words, mark) for mark in body.marks)
    return WholeText(_line(row, body), body.words, marks)


def raw_of(session: Session, bill_id: UUID, text_id: UUID) -> tuple[str, bytes] | None:
    """What was fetched, packed, and its kind."""
    row, body = session.get(TextVersion, text_id), session.get(TextBody, text_id)
    if row is None or row.bill_id != bill_id or body is None or body.raw is None:
        return None
    return body.media, body.raw


def places_in_texts(session: Session, bill_id: UUID) -> int:
    """How many places are worth a look: in the first text, and in what each later one adds."""
    return sum(line.marks for line in texts_of(session, bill_id))


def _line(row: TextVersion, body: TextBody | None) -> TextLine:
    words = body.words if body else None
    return TextLine(
        id=row.id,
        kind=row.kind,
        on=row.on,
        links=tuple((kind, url) for kind, url in row.links),
        has_words=words is not None,
        letters=len(words or ""),
        fetched_at=body.fetched_at if body else None,
        address=body.address if body else "",
        fault=body.fault if body else "",
        marks=len({mark[0] for mark in body.marks}) if body else 0,
        since_id=body.since_id if body else None,
    )


def _marked(words: str, mark: list[str | int]) -> Marked:
    begins, ends = int(mark[0]), int(mark[1])
    return Marked(begins, ends, LABELS[Mark(str(mark[2]))], str(mark[3]), words[begins:ends])
