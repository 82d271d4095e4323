"""A receipt: what one person was asked and said about one letter, as she may keep it.

It proves what was said, not that it was right to ask: so it carries the very words she was shown. Dates only,
and no name but in her own lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.clock import last_day
from advocacy.letters.models import Letter, LetterVersion
from advocacy.letters.queries import office_mark, recipients
from advocacy.people.limits import Audience
from advocacy.signons.consent import revealed
from advocacy.signons.models import Consent, Notice, SignOn, SignOnEvent
from advocacy.signons.terms import choice_of
from advocacy.signons.visits import Visit, sign_on_of

_ORDER = (Audience.RECIPIENT, Audience.WEB, Audience.PRESS, Audience.COUNT)


@dataclass(frozen=True, repr=False)
class Use:
    """One yes that stands: to whom, in which form, until when, and what she was shown before she gave it."""

    audience: Audience
    form: str
    line: str | None
    facts: tuple[str, ...]
    given_on: date
    until: date
    days_after_sending: int | None
    method: str
    language: str
    offices: tuple[str, ...]
    notice_sha256: str | None
    notice: str


@dataclass(frozen=True)
class Happened:
    """One thing that happened, on a day."""

    event: str
    audience: str | None
    on: date


@dataclass(frozen=True, repr=False)
class Receipt:
    """What one person was asked and said about one letter."""

    record_id: UUID
    principal_id: str
    title: str
    language: str
    text_sha256: str
    uses: Sequence[Use]
    events: Sequence[Happened]

    @property
    def notices(self) -> tuple[str, ...]:
        """The words she was shown, each text once."""
        return tuple(dict.fromkeys(use.notice for use in self.uses if use.notice))


def by_day(events: Sequence[Happened]) -> Mapping[tuple[date, str], Sequence[str]]:
    """What happened on each day, with every audience it was about."""
    found: dict[tuple[date, str], list[str]] = {}
    for one in events:
        found.setdefault((one.on, one.event), []).extend([one.audience] if one.audience else [])
    return found


def receipt_of(session: Session, visit: Visit, now: datetime) -> Receipt | None:
    """Her receipt for one letter; None while she has said nothing about it."""
    sign_on = sign_on_of(session, visit)
    events = _events(session, sign_on) if sign_on is not None else []
    version = _version(session, events)
    if sign_on is None or version is None:
        return None
    return Receipt(
        record_id=sign_on.id,
        principal_id=vault.index(session, "receipt.principal", str(visit.person_id)).hex()[:32],
        title=version.title,
        language=session.get_one(Letter, visit.letter_id).language,
        text_sha256=version.sha256,
        uses=_uses(session, visit, sign_on, now),
        events=[Happened(one.event, one.audience, one.day) for one in events],
    )


def _events(session: Session, sign_on: SignOn) -> Sequence[SignOnEvent]:
    asked = select(SignOnEvent).where(SignOnEvent.sign_on_id == sign_on.id)
    return sorted(session.scalars(asked), key=lambda one: (one.day, one.event, _place(one.audience)))


def _place(audience: str | None) -> int:
    return _ORDER.index(Audience(audience)) if audience else -1


def _version(session: Session, events: Sequence[SignOnEvent]) -> LetterVersion | None:
    """The text she last said yes to."""
    ids = {one.version_id for one in events if one.version_id is not None}
    asked = select(LetterVersion).where(LetterVersion.id.in_(ids)).order_by(LetterVersion.n.desc())
    return session.scalars(asked.limit(1)).first()


def _uses(session: Session, visit: Visit, sign_on: SignOn, now: datetime) -> list[Use]:
    if sign_on.withdrawn_on is not None:
        return []
    asked = select(Consent).where(Consent.sign_on_id == sign_on.id, Consent.ended_on.is_(None))
    standing = [one for one in session.scalars(asked) if one.latest_at > now]
    standing.sort(key=lambda one: _ORDER.index(Audience(one.audience)))
    return [_use(session, visit, consent) for consent in standing]


def _use(session: Session, visit: Visit, consent: Consent) -> Use:
    notice = session.get(Notice, consent.notice_sha256) if consent.notice_sha256 else None
    goes_to = recipients(session, visit.letter_id) if consent.audience == Audience.RECIPIENT else ()
    told = session.get_one(Letter, visit.letter_id).implies_survivor
    return Use(
        audience=Audience(consent.audience),
        form=consent.form,
        line=_line(session, visit, consent),
        facts=tuple(sorted(revealed(choice_of(consent), implies_survivor=told))),
        given_on=consent.given_on,
        until=last_day(consent.time_zone, consent.latest_at),
        days_after_sending=consent.days_after_sending,
        method=consent.method,
        language=consent.language,
        offices=tuple(one.office for one in goes_to if office_mark(one) in consent.offices.split()),
        notice_sha256=consent.notice_sha256,
        notice=notice.body if notice else "",
    )


def _line(session: Session, visit: Visit, consent: Consent) -> str | None:
    if consent.line is None:
        return None
    return vault.unseal(session, visit.person_id, "consent", "line", consent.id, consent.line)
