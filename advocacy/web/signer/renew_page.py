"""What ends soon, on every letter of hers: each line shown, and kept or let go by one explicit answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from flask import Response, request
from sqlalchemy.orm import Session

from advocacy.clock import last_day
from advocacy.editions.queries import first_sent_at
from advocacy.signons.actions import PreviewFirst
from advocacy.signons.renewing import Lapsing, NothingChosen, lapsing, renew, renewal_mark
from advocacy.web.pages import desk
from advocacy.web.signer.clocks import zone_of
from advocacy.web.signer.entry import Visitor, come_in, signer, typed
from advocacy.web.signer.overview import overview
from advocacy.web.signer.refusals import OVERTAKEN, TO_MEND
from advocacy.web.signer.states import place_of


@dataclass(frozen=True)
class Ending:
    """One line that ends soon, with its last day, and its last day if she keeps it."""

    id: UUID
    audience: str
    line: str | None
    until: date
    kept_until: date
    ticked: bool


@dataclass(frozen=True)
class OnLetter:
    """What ends soon on one letter."""

    title: str
    language: str
    offices: int
    endings: tuple[Ending, ...]


@signer.post("/s/renew")
def renewal() -> Response:
    """Show what ends soon, and keep what she says. A press without an answer changes nothing."""
    now = desk().clock()
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        found = endings(session, visitor, now)
        if typed("answer") == "none":
            return overview(session, place_of(session, visitor, now), now)
        if typed("answer") not in ("all", "some"):
            fault = "renew.choose" if typed("asked") else ""
            return _page(session, visitor, found, fault=fault, status=TO_MEND if fault else 200)
    return _keep(visitor, found, now)


def endings(session: Session, visitor: Visitor, now: datetime) -> tuple[Lapsing, ...]:
    """What of hers ends soon and may be kept."""
    return lapsing(session, visitor.visit, first_sent_at, zone=desk().config.time_zone, now=now)


def _keep(visitor: Visitor, found: Sequence[Lapsing], now: datetime) -> Response:
    wanted = {one.consent_id for one in found if typed("answer") == "all" or _is_ticked(one)}
    fault, status = "", 200
    try:
        with desk().database.transaction() as session:
            _renew(session, visitor, wanted, now)
    except NothingChosen:
        fault, status = ("renew.tick", TO_MEND) if found else ("", 200)
    except PreviewFirst:
        fault, status = "renew.changed", OVERTAKEN
    kept = () if fault else [one for one in found if one.consent_id in wanted]
    with desk().database.reading() as session:
        left = endings(session, visitor, now)
        return _page(session, visitor, left, kept=kept, fault=fault, status=status)


def _renew(session: Session, visitor: Visitor, wanted: set[UUID], now: datetime) -> None:
    zone, mark = desk().config.time_zone, typed("mark")
    renew(session, visitor.visit, wanted, mark=mark, sent_at=first_sent_at, zone=zone, now=now)


def _is_ticked(one: Lapsing) -> bool:
    return str(one.consent_id) in request.form.getlist("keep")


def _page(
    session: Session,
    visitor: Visitor,
    left: Sequence[Lapsing],
    *,
    kept: Sequence[Lapsing] = (),
    fault: str = "",
    status: int = 200,
) -> Response:
    return visitor.page(
        "renew",
        status,
        letters=_by_letter(visitor, left),
        kept=_by_letter(visitor, kept),
        several=len(left) > 1,
        answer=typed("answer"),
        mark=renewal_mark(session, left),
        fault=fault,
    )


def _by_letter(visitor: Visitor, found: Sequence[Lapsing]) -> tuple[OnLetter, ...]:
    by_letter = groupby(found, key=lambda one: (one.visit.letter_id, one.title, one.language, one.offices))
    return tuple(
        OnLetter(title, language, offices, tuple(_ending(visitor, one) for one in rows))
        for (_, title, language, offices), rows in by_letter
    )


def _ending(visitor: Visitor, one: Lapsing) -> Ending:
    return Ending(
        id=one.consent_id,
        audience=one.audience,
        line=one.line,
        until=last_day(zone_of(visitor.visit), one.ends_at),
        kept_until=last_day(zone_of(visitor.visit), one.would_end_at),
        ticked=_is_ticked(one),
    )
