"""Destroys the files of editions that never left and that somebody's changed answer made void."""

from datetime import datetime

from sqlalchemy import select

from advocacy.db import Database, sweep_traces
from advocacy.editions.actions import destroy_pdf, destroy_void
from advocacy.editions.models import Edition, LegalHold
from advocacy.letters.models import Letter


def destroy_all_void(database: Database, now: datetime) -> int:
    """Destroy every such file; the number destroyed. A letter is held only while it is looked at."""
    with database.reading() as session:
        with_files = select(Edition.letter_id).where(Edition.pdf.is_not(None)).distinct()
        letters = session.scalars(with_files.order_by(Edition.letter_id)).all()
    destroyed = 0
    for letter_id in letters:
        with database.transaction() as session:
            destroyed += destroy_void(session, letter_id, now)
    if destroyed:
        sweep_traces(database)
    return destroyed


def end_holds(database: Database, now: datetime) -> int:
    """Destroy every file that counsel's hold kept from destruction, once none holds it; how many."""
    with database.reading() as session:
        over = (
            select(Edition.letter_id, Edition.id)
            .join(LegalHold, LegalHold.edition_id == Edition.id)
            .where(LegalHold.pending_on.is_not(None), LegalHold.until_at <= now, Edition.pdf.is_not(None))
        )
        due = sorted(set(map(tuple, session.execute(over))))
    destroyed = 0
    for letter_id, edition_id in due:
        with database.transaction() as session:
            session.get(Letter, letter_id, with_for_update=True)
            destroyed += destroy_pdf(session, edition_id, now)
    if destroyed:
        sweep_traces(database)
    return destroyed
