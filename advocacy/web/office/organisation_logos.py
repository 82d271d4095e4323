"""The pictures organisations gave: looked at here before anybody else sees them."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from advocacy.organisations.logos import check_logo, drop_logo
from advocacy.web.htmx import go
from advocacy.web.office.door import office, seat
from advocacy.web.office.organisation_page import line_at
from advocacy.web.pages import desk

_AT = "/letters/<uuid:letter_id>/organisations/<uuid:sign_on_id>/logo"


@office.post(_AT, endpoint="organisation_logo_check")
def show(letter_id: UUID, sign_on_id: UUID) -> ResponseReturnValue:
    """Say that a logo may stand on the public page."""
    with desk().database.transaction() as session:
        signed = line_at(session, letter_id, sign_on_id)
        check_logo(session, signed.sign_on_id, by=seat().person_id, now=desk().clock())
    return go(url_for("office.organisations", letter_id=letter_id))


@office.post(f"{_AT}/off", endpoint="organisation_logo_drop")
def drop(letter_id: UUID, sign_on_id: UUID) -> ResponseReturnValue:
    """Destroy a logo that is not the organisation's own, or should not be shown."""
    with desk().database.transaction() as session:
        signed = line_at(session, letter_id, sign_on_id)
        drop_logo(session, signed.sign_on_id, by=seat().person_id)
    return go(url_for("office.organisations", letter_id=letter_id))
