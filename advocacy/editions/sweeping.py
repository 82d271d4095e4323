"""Destroys the files of editions that never left and that somebody's changed answer made void."""

from datetime import datetime

from sqlalchemy import select

from advocacy.db import Database, sweep_traces
from advocacy.editions.actions import destroy_void
from advocacy.editions.models import Edition


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
