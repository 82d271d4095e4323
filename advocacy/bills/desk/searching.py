"""Searching the bills we follow: by a number in any spelling, then by words, with the place they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from advocacy.bills.desk.listing import BillLine, Lens, Wanted, line_of, narrowed, narrows
from advocacy.bills.desk.work import Work, works_of
from advocacy.bills.fulltext import BEGINS, BillWords, bare, matching, words_typed
from advocacy.bills.identifiers import BadReference, BillKey, make_key, parse_reference
from advocacy.bills.models import Bill
from advocacy.bills.places import PLACES

HITS = 20
"""How many bills a search shows on one page."""
_MOST_PAGES = 50
_BEFORE, _WIDE = 40, 240
"""How many letters are shown before the first word found, and in all."""
_LIKE_A_NUMBER = re.compile(r"\W*[^\W\d_][^\d]{0,24}\d[\w*. -]{0,12}")

_NOBODY = Lens()

Part = tuple[str, bool]
"""Some words of a bill, and whether they are those searched for."""


@dataclass(frozen=True)
class Hit:
    """A bill that was found, and the words around what was searched for."""

    line: BillLine
    around: tuple[Part, ...]


@dataclass(frozen=True)
class Found:
    """One page of what a search found, and whether there is more."""

    hits: tuple[Hit, ...]
    page: int
    is_more: bool


def search(session: Session, wanted: Wanted, today: date, *, lens: Lens = _NOBODY) -> Found:
    """The bills with all the words typed, those with a number typed first. Any string gives an answer."""
    words = words_typed(wanted.words)
    page = min(wanted.page, _MOST_PAGES)
    upto = page * HITS + 1
    named = list(_named(session, wanted, today, lens))
    found = _worded(session, wanted, words, today, lens, upto)
    rows = {bill.id: (bill, plain) for bill, plain in [*named, *found]}
    shown = list(rows.values())[(page - 1) * HITS : upto - 1]
    works = works_of(session, [bill.id for bill, _ in shown])
    by_number = {bill.id for bill, _ in named}
    hits = (
        Hit(
            line_of(bill, today, works.get(bill.id, Work())),
            () if bill.id in by_number else around(plain, words),
        )
        for bill, plain in shown
    )
    return Found(tuple(hits), page, len(rows) >= upto)


def around(plain: str, words: Sequence[str]) -> tuple[Part, ...]:
    """The place in a text where most of these words stand together, cut into them and the rest."""
    hits = [(hit.start(), hit.end(), hit[1]) for hit in _pattern(words).finditer(plain.translate(_LEVEL))]
    if not words or not hits:
        return ()
    first = max(hits, key=lambda hit: (len({h[2] for h in hits if hit[0] <= h[0] < hit[0] + _WIDE}), -hit[0]))
    begin = plain.rfind(" ", 0, max(0, first[0] - _BEFORE)) + 1 if first[0] > _BEFORE else 0
    end = plain.find(" ", begin + _WIDE)
    end = len(plain) if end < 0 else end
    return tuple(_cut(plain, begin, end, [(start, stop) for start, stop, _ in hits]))


def _cut(plain: str, begin: int, end: int, hits: Sequence[tuple[int, int]]) -> Iterator[Part]:
    if begin:
        yield "… ", False
    for start, stop in hits:
        if begin <= start < end:
            yield _on_one_line(plain[begin:start]), False
            yield plain[start:stop], True
            begin = stop
    yield _on_one_line(plain[begin:end]) + (" …" if end < len(plain) else ""), False


def _on_one_line(text: str) -> str:
    return text.replace("\n", " · ")


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    each = "|".join(word + (r"(?![^\W_])" if len(word) < BEGINS else "") for word in longest)
    return re.compile(rf"(?<![^\W_])({each})[^\W_]*") if longest else re.compile(r"(?!)()")


def _worded(
    session: Session, wanted: Wanted, words: Sequence[str], today: date, lens: Lens, most: int
) -> list[tuple[Bill, str]]:
    # Words as they were typed come first; only where they are few, words that begin so follow.
    if not words:
        return []
    found = _rows(session, wanted, words, today, lens, most, begin=False)
    return (
        found if len(found) >= most else found + _rows(session, wanted, words, today, lens, most, begin=True)
    )


def _rows(
    session: Session,
    wanted: Wanted,
    words: Sequence[str],
    today: date,
    lens: Lens,
    most: int,
    *,
    begin: bool,
) -> list[tuple[Bill, str]]:
    best = matching(session, words, begin=begin)
    if narrows(wanted):
        fit = narrowed(select(BillWords.n).join(Bill, Bill.id == BillWords.bill_id), wanted, today, lens)
        best = best.where(best.selected_columns.n.in_(fit))
    chosen = best.limit(most).subquery()
    asked = select(Bill, BillWords.plain).join(BillWords, BillWords.bill_id == Bill.id)
    asked = asked.join(chosen, chosen.c.n == BillWords.n)
    return [
        (bill, plain) for bill, plain in session.execute(asked.order_by(chosen.c.rank, chosen.c.n.desc()))
    ]


def _named(session: Session, wanted: Wanted, today: date, lens: Lens) -> list[tuple[Bill, str]]:
    keys = _keys_meant(wanted.words)
    if not keys:
        return []
    asked = select(Bill, BillWords.plain).join(BillWords, BillWords.bill_id == Bill.id)
    same = tuple_(Bill.jurisdiction, Bill.prefix, Bill.number, Bill.suffix).in_(
        [(key.jurisdiction, key.prefix, key.number, key.suffix) for key in keys]
    )
    asked = narrowed(asked.where(same), wanted, today, lens)
    if len(keys) == 1 and keys[0].session:
        asked = asked.where(Bill.session == keys[0].session)
    newest = Bill.last_action_on.desc().nulls_last()
    return [(bill, plain) for bill, plain in session.execute(asked.order_by(newest, Bill.id).limit(HITS))]


def _keys_meant(text: str) -> list[BillKey]:
    """The bill a whole reference names; of a number alone, the bill it would be in every place."""
    try:
        return [parse_reference(text)]
    except BadReference:
        pass
    if not _LIKE_A_NUMBER.fullmatch(text):
        return []
    return [key for place in sorted(set(PLACES.values())) if (key := _key_in(place, text))]


def _key_in(place: str, number: str) -> BillKey | None:
    try:
        return replace(make_key(place, "1", number), session="")
    except BadReference:
        return None


class _Level(dict[int, str]):
    """Each letter without its accent and capital, letter for letter, so that places stay where they are."""

    def __missing__(self, code: int) -> str:
        self[code] = bare(chr(code))[:1] or " "
        return self[code]


_LEVEL = _Level()
