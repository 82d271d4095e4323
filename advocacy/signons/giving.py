"""How consents are written down and ended, and what the history tells of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.people.limits import Audience, Form
from advocacy.people.models import LimitRaise
from advocacy.people.raising import ask_raise
from advocacy.signons.consent import SPANS, Choice, revealed
from advocacy.signons.models import Consent, SignOn, SignOnEvent
from advocacy.signons.notices import keep_notice
from advocacy.signons.previews import Preview
from advocacy.signons.visits import Asked, Visit, standing_lines


def stands_already(session: Session, visit: Visit, sign_on: SignOn, asked: Asked, shown: Preview) -> bool:
    """Whether this person has agreed to exactly this before, so that nothing needs to be written."""
    if sign_on.withdrawn_on is not None:
        return False
    given = select(Consent).where(Consent.sign_on_id == sign_on.id, Consent.ended_on.is_(None))
    standing = {
        (consent.audience, consent.form, consent.survivor, consent.credential, consent.affiliation)
        + (consent.version_id, consent.text_sha256, consent.offices, consent.latest_at)
        + (_still_asks(session, consent),)
        for consent in session.scalars(given)
    }
    wanted = {
        (audience, choice.form, choice.survivor, choice.credential, choice.affiliation)
        + (asked.version.id, shown.text_sha256, shown.offices, shown.ends[audience])
        + (shown.is_later(audience),)
        for audience, choice in shown.choices.items()
    }
    lines = {audience: line for audience, line in shown.lines.items() if line is not None}
    return standing == wanted and standing_lines(session, visit) == lines


def _still_asks(session: Session, consent: Consent) -> bool | None:
    """Whether this rests on a raise; None when that was refused, so that it equals nothing she may want."""
    if consent.raise_id is None:
        return False
    return True if session.get_one(LimitRaise, consent.raise_id).refused_on is None else None


def give(
    session: Session,
    visit: Visit,
    sign_on: SignOn,
    asked: Asked,
    shown: Preview,
    today: date,
    words: str = "",
) -> None:
    """Write a consent for each audience as it was previewed, the line sealed, with the words shown."""
    notice = keep_notice(session, visit.language, words, today) if words else None
    for audience, choice in shown.choices.items():
        id = uuid4()
        line = shown.lines.get(audience)
        session.add(
            Consent(
                id=id,
                sign_on_id=sign_on.id,
                version_id=asked.version.id,
                audience=audience,
                form=choice.form,
                survivor=choice.survivor,
                credential=choice.credential,
                affiliation=choice.affiliation,
                text_sha256=shown.text_sha256,
                offices=shown.offices,
                line=vault.seal(session, visit.person_id, "consent", "line", id, line) if line else None,
                language=visit.language,
                given_on=today,
                days_after_sending=SPANS[audience].days_after_sending,
                latest_at=shown.ends[audience],
                time_zone=shown.time_zone,
                method=visit.by,
                notice_sha256=notice,
                raise_id=_ask_raise(session, visit, asked, audience, choice, today)
                if shown.is_later(audience)
                else None,
            )
        )
        tell(session, sign_on, "given", today, asked.version.id, audience, choice.form)


def _ask_raise(
    session: Session, visit: Visit, asked: Asked, audience: Audience, choice: Choice, today: date
) -> UUID:
    told = revealed(choice, implies_survivor=asked.letter.implies_survivor)
    return ask_raise(session, visit.person_id, audience, told, today).id


def end_consents(
    session: Session, sign_on: SignOn, today: date, *, keep_lines: bool = False
) -> Sequence[Consent]:
    """End whatever stands for this person on this letter, and say what it was."""
    asked = select(Consent).where(Consent.sign_on_id == sign_on.id, Consent.ended_on.is_(None))
    ended = session.scalars(asked).all()
    for consent in ended:
        consent.ended_on = today
        # What was not printed need not be kept: the line goes with the consent it belonged to.
        consent.line = consent.line if keep_lines else None
    session.flush()
    for raise_id in {consent.raise_id for consent in ended if consent.raise_id is not None}:
        _drop_idle_raise(session, raise_id, today)
    return ended


def _drop_idle_raise(session: Session, raise_id: UUID, today: date) -> None:
    """Nobody calls her about what she took back."""
    resting = select(Consent.id).where(Consent.raise_id == raise_id, Consent.ended_on.is_(None)).limit(1)
    asked = session.get_one(LimitRaise, raise_id)
    if asked.confirmed_by is None and asked.refused_on is None and session.scalar(resting) is None:
        asked.refused_on = today
        session.flush()


def tell(
    session: Session,
    sign_on: SignOn,
    event: str,
    day: date,
    version_id: UUID | None = None,
    audience: Audience | None = None,
    form: Form | None = None,
) -> None:
    """Add to the history what happened on a day: no name, no line."""
    session.add(
        SignOnEvent(
            id=uuid4(),
            sign_on_id=sign_on.id,
            version_id=version_id,
            event=event,
            audience=audience,
            form=form,
            day=day,
        )
    )
