"""A signed sheet of paper, typed in by two people who each have it before them, within her naming limit.

The number at its foot stands for every word and every line on it. When the letter, its offices or her words
change, it no longer fits, and a new sheet is needed: a paper never says yes to what it did not show.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.letters.queries import office_marks
from advocacy.people.actions import propose, second, use
from advocacy.people.limits import Audience, Form
from advocacy.people.models import SecondedAct
from advocacy.people.queries import proposal
from advocacy.signons.assisting import Way, come_for, note_help, sign_for
from advocacy.signons.consent import SPANS, Choice, line
from advocacy.signons.models import Consent, Invitation
from advocacy.signons.previews import NotChosen, OverLimit, Wish
from advocacy.signons.turns import take_turn
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked, Visit, sign_on_of

PAPER = "paper.sign_on"
_WAITS_HOURS = 14 * 24
_NUMBER = 8


class Entry(StrEnum):
    """What became of a paper that was typed in."""

    WAITS = "waits"
    DIFFERS = "differs"
    DONE = "done"


class NotThatDay(Exception):
    """Please give the day that stands on the paper: not before the letter opened, and not after today."""


class OtherPaper(Exception):
    """No sheet for these words has this number. If the letter has changed, she needs a new sheet."""


@dataclass(frozen=True)
class Sheet:
    """What a sheet of paper offers one person: for each audience the forms, and the exact line of each."""

    number: str
    lines: Mapping[Audience, Mapping[Form, str | None]]


@dataclass(frozen=True)
class Paper:
    """What a signed sheet says: the form she crossed for each audience, the day, the number at its foot."""

    forms: Mapping[Audience, Form]
    signed_on: date
    number: str


def sheet_of(asked: Asked) -> Sheet:
    """The sheet for one person: no more than her naming limit allows."""
    lines = {
        audience: {
            form: line(Choice(form), asked.words, asked.letter.language) for form in asked.forms(audience)
        }
        for audience in CHOSEN_AUDIENCES
    }
    told = [asked.version.sha256, office_marks(asked.offices), asked.letter.implies_survivor, lines]
    mark = sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return Sheet(mark[:_NUMBER].upper(), lines)


def enter_paper(
    session: Session, person_id: UUID, letter_id: UUID, paper: Paper, *, by: UUID, zone: str, now: datetime
) -> Entry:
    """Type in what a signed paper says. It counts once a second person has typed the very same from it."""
    visit, asked = come_for(session, person_id, letter_id, now)
    _check(asked, paper, zone, now)
    take_turn(session, visit)
    mark = _mark(visit, asked, paper)
    before = proposal(session, PAPER, visit.invitation_id, mark, now)
    if before is None:
        differs = _typed_otherwise(session, visit, now)
        propose(session, PAPER, visit.invitation_id, hash=mark, by=by, now=now, hours=_WAITS_HOURS)
        return Entry.DIFFERS if differs else Entry.WAITS
    if before.proposed_by == by:
        return Entry.WAITS
    second(session, before.id, by=by, now=now)
    use(session, PAPER, visit.invitation_id, hash=mark, now=now)
    visit = replace(visit, by="paper")
    if not _answered_since(session, visit, paper.signed_on):
        wishes = _wishes(paper, day_in(visit.time_zone or zone, now))
        sign_for(session, visit, asked, wishes, words="", zone=zone, now=now)
    first = before.proposed_by
    note_help(session, visit, asked, Way.PAPER, mark, by=first, confirmed_by=by, zone=zone, now=now)
    return Entry.DONE


def _check(asked: Asked, paper: Paper, zone: str, now: datetime) -> None:
    if set(paper.forms) != set(CHOSEN_AUDIENCES):
        raise NotChosen
    if paper.number.strip().upper() != sheet_of(asked).number:
        raise OtherPaper
    if any(form not in asked.forms(audience) for audience, form in paper.forms.items()):
        raise OverLimit
    if not day_in(zone, asked.opening.opened_at) <= paper.signed_on <= day_in(zone, now):
        raise NotThatDay


def _wishes(paper: Paper, today: date) -> Mapping[Audience, Wish]:
    """What the paper says, for as long as it says from its day on. What is over is only counted."""
    wishes = {}
    for audience, form in paper.forms.items():
        days = SPANS[audience].default_days
        until = paper.signed_on + timedelta(days=days)
        holds = form is not Form.COUNT_ONLY and until > today
        wishes[audience] = Wish(Choice(form), days, until) if holds else Wish(Choice(), days)
    return wishes


def _mark(visit: Visit, asked: Asked, paper: Paper) -> str:
    told = {
        "invitation": str(visit.invitation_id),
        "text": asked.version.sha256,
        "forms": dict(paper.forms),
        "on": paper.signed_on.isoformat(),
        "number": paper.number.strip().upper(),
    }
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _typed_otherwise(session: Session, visit: Visit, now: datetime) -> bool:
    asked = select(func.count()).select_from(SecondedAct)
    here = asked.where(SecondedAct.act == PAPER, SecondedAct.about_id == visit.invitation_id)
    return bool(session.scalar(here.where(SecondedAct.until_at > now, SecondedAct.used_at.is_(None))))


def _answered_since(session: Session, visit: Visit, day: date) -> bool:
    """Whether she did anything herself on the paper's day or later: what she says last counts."""
    sign_on = sign_on_of(session, visit)
    answers = [session.get_one(Invitation, visit.invitation_id).declined_on]
    if sign_on is not None:
        given = select(func.max(Consent.given_on)).where(Consent.sign_on_id == sign_on.id)
        own = given.where(Consent.method.not_in(("voice", "paper")))
        answers += [sign_on.withdrawn_on, session.scalar(own)]
    return any(answer is not None and answer >= day for answer in answers)
