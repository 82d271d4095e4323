"""How far an organisation's yes has come, and whether it prints: worked out from its dates. Pure."""

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, or_

from advocacy.organisations.models import OrganisationSignOn


class Stage(StrEnum):
    """Where one organisation's yes to one version stands."""

    BOARD = "board"
    REVIEW = "review"
    STANDS = "stands"
    REFUSED = "refused"
    REVOKED = "revoked"


def stage_of(signed: OrganisationSignOn) -> Stage:
    """What still stands between a yes and the letter."""
    if signed.revoked_on is not None:
        return Stage.REVOKED
    if signed.refused_on is not None:
        return Stage.REFUSED
    if signed.board_on is not None and signed.board_yes_on is None:
        return Stage.BOARD
    return Stage.STANDS if signed.verified_on is not None else Stage.REVIEW


def stands() -> ColumnElement[bool]:
    """The same as `Stage.STANDS`, asked of the database: only such a yes is ever printed or counted."""
    return and_(
        OrganisationSignOn.revoked_on.is_(None),
        OrganisationSignOn.refused_on.is_(None),
        or_(OrganisationSignOn.board_on.is_(None), OrganisationSignOn.board_yes_on.is_not(None)),
        OrganisationSignOn.verified_on.is_not(None),
    )
