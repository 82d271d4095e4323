"""Positions: all of them, one with its words and history, an older version, and two versions compared."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField
from wtforms.validators import InputRequired

from advocacy.positions.actions import review_by
from advocacy.positions.pages import all_positions
from advocacy.web.forms import OfficeForm
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.position_values import (
    compared_versions,
    numbered,
    position_at,
    resting_on,
    since_agreed,
    stances_of,
)
from advocacy.web.pages import desk


class ReviewForm(OfficeForm):
    """The day after which a position needs a fresh look before it enters a new letter."""

    review_on = DateField("Look at it again by", [InputRequired("Please give the day.")])


@office.get("/positions")
def positions() -> str:
    """Every position, the newest first."""
    now = desk().clock()
    with desk().database.reading() as session:
        lines = all_positions(session, now)
    return render_template("office/positions.html", lines=lines, today=desk().today(now))


@office.get("/positions/<uuid:position_id>")
def position(position_id: UUID) -> str:
    """One position: its words, where it stands, its history and its decisions."""
    return _page(position_id)


@office.post("/positions/<uuid:position_id>/review", endpoint="position_review")
def set_review(position_id: UUID) -> ResponseReturnValue:
    """Set the day of the next look."""
    form = ReviewForm(request.form)
    if not form.validate() or form.review_on.data is None:
        return _page(position_id, form), 422
    with desk().database.transaction() as session:
        position_at(session, position_id, desk().clock())
        review_by(session, position_id, review_on=form.review_on.data, by=seat().person_id)
    return go(url_for("office.position", position_id=position_id))


def _page(position_id: UUID, form: ReviewForm | None = None) -> str:
    now = desk().clock()
    with desk().database.reading() as session:
        page = position_at(session, position_id, now)
        return render_template(
            "office/position.html",
            page=page,
            stances=stances_of(session, page.current, now),
            changed=() if page.is_approved else since_agreed(session, page, page.current, now),
            campaigns=resting_on(session, position_id),
            form=form or ReviewForm(data={"review_on": page.review_on}),
        )


@office.get("/positions/<uuid:position_id>/versions/<int:n>", endpoint="position_version")
def version(position_id: UUID, n: int) -> str:
    """One version as it was written."""
    now = desk().clock()
    with desk().database.reading() as session:
        page = position_at(session, position_id, now)
        chosen = numbered(page, n)
        stances = stances_of(session, chosen, now)
    return render_template("office/position_version.html", page=page, version=chosen, stances=stances)


@office.get("/positions/<uuid:position_id>/compare", endpoint="position_compare")
def compare(position_id: UUID) -> str:
    """What changed from one version to another; from the one before to the newest when nothing is asked."""
    now = desk().clock()
    with desk().database.reading() as session:
        page = position_at(session, position_id, now)
        newest = page.current.n
        before = numbered(page, request.args.get("before", max(newest - 1, 1), type=int))
        after = numbered(page, request.args.get("after", newest, type=int))
        found = compared_versions(session, before, after, now)
    return render_template("office/position_compare.html", page=page, before=before, after=after, found=found)
