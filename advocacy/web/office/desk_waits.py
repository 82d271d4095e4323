"""What waits for one person: only what she herself may do, each with the page to do it on. Never a name."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from advocacy.bills.refreshing.queries import in_trouble
from advocacy.campaigns.amended import Amended, Answer, unsettled
from advocacy.campaigns.pages import CampaignPage, Milestone, campaign_page
from advocacy.campaigns.queries import campaigns, letters_of
from advocacy.letters.queries import latest_version
from advocacy.mail.queries import failed, uncertain
from advocacy.people.access import MANAGER, may
from advocacy.people.sessions import Seat
from advocacy.positions.decisions import Result
from advocacy.positions.pages import PositionPage, all_positions, position_page
from advocacy.signons.holding import letters_to_review


@dataclass(frozen=True)
class Thing:
    """One line of the desk: what it is, a few words about it, and where to go."""

    words: str
    hint: str
    url: str
    until: datetime | None = None


_MAY_MOVE = {
    Milestone.LETTER: "office.letter_approve",
    Milestone.SIGN_ON: "office.letter_open",
    Milestone.EDITION: "office.edition_print",
    Milestone.DELIVERY: "office.delivery_propose",
}
"""Who may do what comes next in a campaign: whoever may do this."""
_HANDS_OUT = (Milestone.EDITION, Milestone.DELIVERY)


def waits(session: Session, reader: Seat, now: datetime) -> tuple[Thing, ...]:
    """Everything that waits for this person, what others wait for first."""
    pages = [position_page(session, line.id, now) for line in all_positions(session, now)]
    known = [page for page in pages if page is not None]
    return (
        *_decisions(known, reader),
        *_amended(session, reader),
        *_lines(session, reader),
        *_next_steps(session, reader, now),
        *_looks(known, reader),
        *_mail(session, reader),
        *_services(session, reader, now),
    )


def _can(reader: Seat, endpoint: str) -> bool:
    return may(reader.roles, endpoint)


def _decisions(pages: Collection[PositionPage], reader: Seat) -> Iterator[Thing]:
    for page in pages:
        held = page.open_round
        if held is None:
            continue
        url = url_for("office.decision", decision_id=held.id)
        if reader.person_id in held.unanswered and _can(reader, "office.decision_answer"):
            yield Thing("A decision would like your answer", page.current.title, url, held.closes_at)
        elif held.outcome.result is Result.PAUSED and _can(reader, "office.decision_more_time"):
            yield Thing("A decision is paused, for a talk", page.current.title, url)


def _amended(session: Session, reader: Seat) -> Iterator[Thing]:
    for one in _unsettled(session):
        url = url_for("office.letter", letter_id=one.letter_id)
        hint = f"{one.identifier}: {one.letter_title}"
        if one.answer is Answer.WAITING and _can(reader, "office.letter_bill_answer"):
            yield Thing("A bill has a new text. Does the letter still hold?", hint, url)
        elif one.answer is Answer.MUST_CHANGE and _can(reader, "office.letter_edit"):
            yield Thing("A letter must change, because its bill did", hint, url)


def _unsettled(session: Session) -> Iterator[Amended]:
    for row in campaigns(session):
        yield from unsettled(session, letters_of(session, row.id))


def _lines(session: Session, reader: Seat) -> Iterator[Thing]:
    if not _can(reader, "office.signons_judge"):
        return
    for letter_id in letters_to_review(session):
        written = latest_version(session, letter_id)
        url = url_for("office.signons_review", letter_id=letter_id)
        yield Thing("Lines wait for a look before they print", written.title if written else "", url)


def _next_steps(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    must_change = {one.letter_id for one in _unsettled(session) if one.answer is Answer.MUST_CHANGE}
    for row in campaigns(session):
        page = campaign_page(session, row.id, now)
        if page is None or page.next is None:
            continue
        if page.next in _HANDS_OUT and page.letter and page.letter.id in must_change:
            continue
        if page.next is Milestone.POSITION:
            yield from _ask_the_group(page, reader)
        elif page.letter and _can(reader, _MAY_MOVE.get(page.next, "")):
            if page.next is Milestone.LETTER and _wrote(session, page, reader):
                continue
            url = url_for("office.letter", letter_id=page.letter.id)
            words = "Read the letter, and say whether it may go." if page.next is Milestone.LETTER else ""
            yield Thing(words or page.next.to_do, page.title, url)


def _ask_the_group(page: CampaignPage, reader: Seat) -> Iterator[Thing]:
    for position in page.positions:
        if not position.is_approved and position.open_round is None and _can(reader, "office.decision_begin"):
            url = url_for("office.position", position_id=position.id)
            yield Thing("Ask the group to decide on a position", position.current.title, url)


def _wrote(session: Session, page: CampaignPage, reader: Seat) -> bool:
    newest = latest_version(session, page.letter.id) if page.letter else None
    return newest is not None and newest.written_by == reader.person_id


def _looks(pages: Collection[PositionPage], reader: Seat) -> Iterator[Thing]:
    if _can(reader, "office.position_save"):
        for page in pages:
            if page.is_due_for_review:
                url = url_for("office.position", position_id=page.id)
                yield Thing("A position is due for a fresh look", page.current.title, url)


def _mail(session: Session, reader: Seat) -> Iterator[Thing]:
    if _can(reader, "office.mail_settle"):
        number = len(uncertain(session)) + len(failed(session))
        if number:
            words = (
                "One message may not have arrived"
                if number == 1
                else f"{number} messages may not have arrived"
            )
            yield Thing(words, "Somebody decides: leave it, or send it afresh", url_for("office.mail"))


def _services(session: Session, reader: Seat, now: datetime) -> Iterator[Thing]:
    # Whoever runs the server alone can set another key; whoever works on bills sees it on their page.
    if MANAGER.isdisjoint(reader.roles):
        return
    for one in in_trouble(session, now):
        if one.refused_at is not None:
            yield Thing(f"{one.source} refuses our key", one.trouble, url_for("office.bill_services"))
