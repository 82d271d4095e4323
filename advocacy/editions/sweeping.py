"""Destroys the files of editions that never left and that somebody's changed answer made void."""

from datetime import datetime

from sqlalchemy import select

from advocacy.db import Database, sweep_traces
from advocacy.editions.actions import destroy_void
from advocacy.editions.models import Edition


def destroy_all_void(database: Database, now: datetime) -> int:
    """Destroy every such file; the number destroyed."""
    with database.transaction() as session:
        letters = session.scalars(select(Edition.letter_id).where(Edition.pdf.is_not(None)).distinct()).all()
        destroyed = sum(destroy_void(session, letter_id, now) for letter_id in letters)
    if destroyed:
        sweep_traces(database)
    return destroyed
