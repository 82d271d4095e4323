"""The desk: the first page of the office."""

from flask import render_template

from advocacy.web.office.door import office, seat


@office.get("/")
def desk() -> str:
    """What is open to this person, on one screen."""
    return render_template("office/desk.html", roles=sorted(role.label for role in seat().roles))
