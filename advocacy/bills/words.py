"""The words of each bill, kept beside its facts in the same transaction: a search finds what is known."""

import unicodedata
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.bills.fulltext import BillWords, fold, rebuild, write
from advocacy.bills.models import Bill, Sponsorship, Step
from advocacy.bills.queries import facts

_MOST = 40_000
"""Letters of one part that are searched; debates printed as steps run to books."""


def keep_words(session: Session, bill: Bill) -> None:
    """Write down what a search may find of this bill."""
    write(session, bill.id, _told(session, bill))


def wordless(session: Session) -> Iterator[Bill]:
    """The bills whose words a search would not find as they are. There should be none."""
    known = {row.bill_id: row for row in session.scalars(select(BillWords))}
    for bill in session.scalars(select(Bill).order_by(Bill.id)).all():
        row = known.get(bill.id)
        if row is None or any(getattr(row, name) != value for name, value in _told(session, bill).items()):
            yield bill


def renew_words(session: Session) -> int:
    """Write down every bill's words anew, and make the index anew; how many were not as they should be."""
    wrong = list(wordless(session))
    for bill in wrong:
        keep_words(session, bill)
    rebuild(session)
    return len(wrong)


def fill_words(session: Session) -> int:
    """Write down the words of the bills that have none yet; how many."""
    asked = select(Bill).outerjoin(BillWords, BillWords.bill_id == Bill.id).where(BillWords.n.is_(None))
    blank = session.scalars(asked.order_by(Bill.id)).all()
    for bill in blank:
        keep_words(session, bill)
    return len(blank)


def _told(session: Session, bill: Bill) -> dict[str, str]:
    sponsors = _lines(row.name for row in facts(session, Sponsorship, bill.id) if row.gone_at is None)
    steps = _lines(row.text for row in facts(session, Step, bill.id) if row.gone_at is None)
    summary = bill.summary
    return {
        "number": fold(f"{bill.jurisdiction} {bill.session} {bill.identifier} {bill.prefix}{bill.number}"),
        "title": fold(bill.title),
        "summary": fold(summary),
        "sponsors": fold(sponsors),
        "steps": fold(steps),
        "plain": "\n".join(part for part in (summary, sponsors, steps) if part),
    }


def _lines(texts: Iterator[str]) -> str:
    return unicodedata.normalize("NFC", "\n".join(texts))[:_MOST]
