"""What of one person's lapses soon, on every letter of hers, and keeping it by one press.

Keeping is never wider: the same line for the same readers and offices, under the same words, as far as her
naming limit allows today, and never longer than a new yes could last.
"""

import hmac
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.clock import day_in, days_later, end_of_day
from advocacy.people.limits import Audience, Form
from advocacy.signons.actions import PreviewFirst
from advocacy.signons.consent import SPANS, is_allowed
from advocacy.signons.giving import tell
from advocacy.signons.models import Consent, Invitation, SignOn
from advocacy.signons.previews import count_ends_at
from advocacy.signons.terms import choice_of, given
from advocacy.signons.turns import take_turn
from advocacy.signons.visits import CHOSEN_AUDIENCES, Asked, Visit, asked_of, sign_on_of

SOON = timedelta(days=30)
_ORDER = [str(audience) for audience in (*CHOSEN_AUDIENCES, Audience.COUNT)]

# When a text first left for an office; the rooms above know.
SentAt = Callable[[Session, UUID], datetime | None]


class NothingChosen(Exception):
    """Please choose what to keep, or let it end. Nothing was changed."""


@dataclass(frozen=True, repr=False)
class Lapsing:
    """One consent that lapses soon: what it prints and to whom, its end, and its end if she keeps it."""

    consent_id: UUID
    visit: Visit
    title: str
    language: str
    offices: int
    audience: Audience
    line: str | None
    ends_at: datetime
    would_end_at: datetime


def lapsing(
    session: Session, visit: Visit, sent_at: SentAt, *, zone: str, now: datetime
) -> tuple[Lapsing, ...]:
    """Everything of hers that lapses within thirty days and may be kept, letter by letter."""
    here = visit.time_zone or zone
    return tuple(
        found
        for own in letters_of(session, visit)
        if (asked := asked_of(session, own, now)) is not None
        for found in _on_letter(session, own, asked, sent_at(session, asked.version.id), here, now)
    )


def letters_of(session: Session, visit: Visit) -> tuple[Visit, ...]:
    """Each letter this person stands on, as if she had come in for it; always in the same order."""
    asked = (
        select(Invitation)
        .join(
            SignOn,
            (SignOn.letter_id == Invitation.letter_id) & (SignOn.person_id == Invitation.person_id),
        )
        .where(Invitation.person_id == visit.person_id, SignOn.withdrawn_on.is_(None))
        .order_by(Invitation.letter_id)
    )
    return tuple(
        replace(visit, invitation_id=invitation.id, letter_id=invitation.letter_id)
        for invitation in session.scalars(asked)
    )


def _on_letter(
    session: Session, visit: Visit, asked: Asked, sent_at: datetime | None, zone: str, now: datetime
) -> Iterator[Lapsing]:
    for consent in _standing(session, visit, asked):
        ends_at = given(session, consent).ends_at(sent_at)
        would_end_at = _kept_until(consent, asked, sent_at, zone, now)
        if now < ends_at <= now + SOON and ends_at < would_end_at and _may_stand(consent, asked):
            yield Lapsing(
                consent_id=consent.id,
                visit=visit,
                title=asked.version.title,
                language=asked.letter.language,
                offices=len(asked.offices),
                audience=Audience(consent.audience),
                line=_line(session, visit, consent),
                ends_at=ends_at,
                would_end_at=would_end_at,
            )


def _standing(session: Session, visit: Visit, asked: Asked) -> Iterator[Consent]:
    """What of hers is shown or counted under the words that are asked about now."""
    sign_on = sign_on_of(session, visit)
    if sign_on is None:
        return
    standing = select(Consent).where(
        Consent.sign_on_id == sign_on.id,
        Consent.text_sha256.in_(asked.texts),
        Consent.ended_on.is_(None),
    )
    for consent in sorted(session.scalars(standing), key=lambda one: _ORDER.index(one.audience)):
        if consent.line is not None or consent.audience == Audience.COUNT:
            yield consent


def _kept_until(
    consent: Consent, asked: Asked, sent_at: datetime | None, zone: str, now: datetime
) -> datetime:
    span = SPANS[Audience(consent.audience)]
    ends = [end_of_day(zone, day_in(zone, now) + timedelta(days=span.default_days))]
    if consent.audience == Audience.COUNT:
        ends.append(count_ends_at(asked, zone))
    if sent_at is not None and consent.days_after_sending is not None:
        ends.append(days_later(consent.time_zone, sent_at, consent.days_after_sending))
    return min(ends)


def _may_stand(consent: Consent, asked: Asked) -> bool:
    return consent.form == Form.COUNT_ONLY or is_allowed(
        choice_of(consent), asked.terms[Audience(consent.audience)]
    )


def _line(session: Session, visit: Visit, consent: Consent) -> str | None:
    if consent.line is None:
        return None
    return vault.unseal(session, visit.person_id, "consent", "line", consent.id, consent.line)


def renewal_mark(session: Session, found: Collection[Lapsing]) -> str:
    """The mark of a page that shows just these lines and days, so that no others can be kept by it."""
    ends = ((one.ends_at.isoformat(), one.would_end_at.isoformat()) for one in found)
    told = "|".join(
        f"{one.consent_id} {day} {later} {one.line}" for one, (day, later) in zip(found, ends, strict=True)
    )
    return vault.hash_code(session, f"renew {told}").hex()


def renew(
    session: Session,
    visit: Visit,
    wanted: Collection[UUID],
    *,
    mark: str,
    sent_at: SentAt,
    zone: str,
    now: datetime,
) -> int:
    """Keep these consents until the days she was shown; the number that changed. Twice is once.

    Raises `NothingChosen`, or `PreviewFirst` when something is no longer as her page said.
    """
    if not wanted:
        raise NothingChosen
    for own in letters_of(session, visit):
        take_turn(session, own)
        sign_on_of(session, own, lock=True)
    found = lapsing(session, visit, sent_at, zone=zone, now=now)
    chosen = [one for one in found if one.consent_id in wanted]
    if not chosen:
        return 0
    if not hmac.compare_digest(renewal_mark(session, found).encode(), mark.encode()):
        raise PreviewFirst
    for one in chosen:
        _keep(session, one, day_in(zone, now), visit.time_zone or zone)
    session.flush()
    return len(chosen)


def _keep(session: Session, one: Lapsing, today: date, here: str) -> None:
    # The consent stays the same one, so that a paper that waits for its second person still rests on it.
    consent = session.get_one(Consent, one.consent_id)
    consent.latest_at, consent.time_zone = one.would_end_at, here
    sign_on = session.get_one(SignOn, consent.sign_on_id)
    tell(session, sign_on, "renewed", today, consent.version_id, one.audience, Form(consent.form))
