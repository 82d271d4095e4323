"""Letters: all of them, one of them with where it stands, two versions side by side, and approving."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from advocacy import differences
from advocacy.campaigns.addressing import moved
from advocacy.campaigns.amended import amended
from advocacy.letters import actions
from advocacy.letters.queries import header, versions
from advocacy.letters.summaries import newest_summaries
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.finding import letter_at, numbered, version_at
from advocacy.web.office.letter_values import letter_lines, letter_view
from advocacy.web.office.papers import Draft, paper
from advocacy.web.pages import desk


@office.get("/letters", endpoint="letters")
def every_letter() -> str:
    """All letters and testimonies, the newest first."""
    with desk().database.reading() as session:
        lines = letter_lines(session, desk().clock())
    return render_template("office/letters.html", lines=lines)


@office.get("/letters/<uuid:letter_id>", endpoint="letter")
def one_letter(letter_id: UUID) -> str:
    """A letter: its way, its offices, its words and its versions."""
    now = desk().clock()
    with desk().database.reading() as session:
        found, newest = letter_at(session, letter_id)
        short_of, short = newest_summaries(session, letter_id)
        return render_template(
            "office/letter.html",
            short=short if short_of == newest.n else {},
            short_of=short_of,
            view=letter_view(session, found, newest, seat().person_id, now),
            paper=paper(session, found, Draft.of(newest), newest.n, now),
            box=header(session, letter_id),
            amended=amended(session, letter_id),
            moved=moved(session, letter_id, desk().today(now)),
            versions=versions(session, letter_id)[::-1],
        )


@office.post("/letters/<uuid:letter_id>/versions/<uuid:version_id>/approve", endpoint="letter_approve")
def approve(letter_id: UUID, version_id: UUID) -> ResponseReturnValue:
    """Stand behind words somebody else wrote."""
    with desk().database.transaction() as session:
        written = version_at(session, letter_id, version_id)
        actions.approve(session, written.id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.letter", letter_id=letter_id))


@office.get("/letters/<uuid:letter_id>/compare", endpoint="letter_compare")
def compare(letter_id: UUID) -> str:
    """What changed from one version to another, in the text and as a list to read aloud."""
    with desk().database.reading() as session:
        _, newest = letter_at(session, letter_id)
        before = numbered(session, letter_id, request.args.get("before", max(1, newest.n - 1), type=int))
        after = numbered(session, letter_id, request.args.get("after", newest.n, type=int))
        every = [version.n for version in versions(session, letter_id)]
        texts = [f"{version.title}\n\n{version.body}" for version in (before, after)]
        return render_template(
            "office/letter_compare.html",
            letter_id=letter_id,
            before=before,
            after=after,
            every=every,
            segments=differences.segments(*texts),
            sentences=differences.sentences(*texts),
        )
