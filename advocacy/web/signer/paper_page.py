"""After a letter was sent: the very page that carries her line, where it went, and what it says there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response

from advocacy.clock import day_in
from advocacy.editions.her_page import HerPage, her_page
from advocacy.editions.papers import Paper, papers_with
from advocacy.web.pages import desk
from advocacy.web.signer.entry import Visitor, come_in, signer, typed
from advocacy.web.truths import Copy


@dataclass(frozen=True, repr=False)
class Found:
    """One paper as she reads of it: which page of it is hers, and where copies went."""

    n: int
    line: str
    page: HerPage
    copies: tuple[Copy, ...]


@signer.post("/s/paper")
def paper() -> Response:
    """Which page of which paper carries her line. She pressed for it, so the line may stand here."""
    visitor, found = _look(desk().clock())
    return visitor.page("paper", found=found)


@signer.post("/s/paper/file")
def paper_file() -> Response:
    """That page by itself, under a name that says nothing; the others' lines on it are blank."""
    visitor, found = _look(desk().clock())
    one = next((one for one in found if str(one.n) == typed("edition")), None)
    if one is None:
        return visitor.page("paper", found=found)
    answer = Response(one.page.pdf, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="page.pdf"'
    return answer


def _look(now: datetime) -> tuple[Visitor, Sequence[Found]]:
    with desk().database.reading() as session:
        visitor = come_in(session, now)
        papers = papers_with(session, visitor.visit)
    return visitor, [found for one in papers if (found := _found(one)) is not None]


def _found(one: Paper) -> Found | None:
    page = her_page(one.pdf, one.line, alone=one.alone)
    zone = desk().config.time_zone
    copies = tuple(Copy(office, day_in(zone, at)) for office, at in one.went)
    return Found(one.n, one.line, page, copies) if page is not None else None
