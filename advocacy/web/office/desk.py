"""The desk: the first page of the office, with what waits for whoever sits down at it."""

from flask import render_template

from advocacy.web import pages
from advocacy.web.office.desk_dates import coming, moved
from advocacy.web.office.desk_seconds import seconds
from advocacy.web.office.desk_waits import waits
from advocacy.web.office.door import office, seat
from advocacy.web.office.key_copies import copies_to_prove
from advocacy.web.office.start import beginning


@office.get("/")
def desk() -> str:
    """What waits for this person, what is coming up, and what moved, on one screen."""
    now = pages.desk().clock()
    with pages.desk().database.reading() as session:
        return render_template(
            "office/desk.html",
            roles=sorted(role.label for role in seat().roles),
            waiting=(
                *seconds(session, seat(), now),
                *waits(session, seat(), now),
                *copies_to_prove(session, seat(), now),
                *beginning(session, seat(), now),
            ),
            coming=coming(session, seat(), now),
            moved=moved(session, seat(), now),
        )
