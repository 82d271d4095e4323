"""One more office would get the letter: whoever is shown to the others is asked about that one alone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.clock import day_in
from advocacy.letters.models import Recipient
from advocacy.letters.queries import current_opening, office_mark, office_marks
from advocacy.people.limits import Audience, Form
from advocacy.people.models import Person
from advocacy.signons.actions import TextChanged
from advocacy.signons.asking_again import Why, write_once
from advocacy.signons.consent import is_allowed
from advocacy.signons.giving import tell
from advocacy.signons.models import Asking, Consent, Invitation, SignOn
from advocacy.signons.turns import take_turn
from advocacy.signons.visits import Visit, asked_of, sign_on_of, standing, visit_of


def offices_to_ask(session: Session, visit: Visit, now: datetime) -> tuple[Recipient, ...]:
    """The offices she was never asked about, while her line stands for others and may be shown there too."""
    asked, held = asked_of(session, visit, now), standing(session, visit)
    choice = held.choices.get(Audience.RECIPIENT)
    if asked is None or choice is None or not asked.is_open or not held.is_yes_to(asked):
        return ()
    if choice.form is Form.COUNT_ONLY or held.ends[Audience.RECIPIENT] <= now:
        return ()
    if not is_allowed(choice, asked.terms[Audience.RECIPIENT]):
        return ()
    settled = held.offices | _refused(session, visit.invitation_id)
    return tuple(office for office in asked.offices if office_mark(office) not in settled)


def _refused(session: Session, invitation_id: UUID) -> frozenset[str]:
    said_no = select(Asking.about).where(
        Asking.invitation_id == invitation_id, Asking.why == Why.NEW_OFFICE, Asking.refused_on.is_not(None)
    )
    return frozenset(mark for about in session.scalars(said_no) for mark in about.split())


def marks_of(offices: Collection[Recipient]) -> str:
    """The marks of the offices a page asks about, to be sent back with the answer."""
    return " ".join(office_marks(tuple(offices)))


def answer_offices(
    session: Session, visit: Visit, marks: str, *, yes: bool, zone: str, now: datetime
) -> None:
    """Show her line, just as it stands, to these offices too; or only ever count her there.

    Raises `TextChanged` when other offices are asked about by now; twice is once.
    """
    take_turn(session, visit)
    asked_about = marks_of(offices_to_ask(session, visit, now))
    if not asked_about:
        return
    if marks != asked_about:
        raise TextChanged
    if yes:
        _widen(session, visit, marks, zone, now)
    else:
        _refuse(session, visit, marks, zone, now)
    session.flush()


def _widen(session: Session, visit: Visit, marks: str, zone: str, now: datetime) -> None:
    sign_on = sign_on_of(session, visit, lock=True)
    if sign_on is None:
        return
    standing_now = select(Consent).where(Consent.sign_on_id == sign_on.id, Consent.ended_on.is_(None))
    for consent in session.scalars(standing_now):
        # The same consent goes on, so that a copy made for the earlier offices still rests on it.
        consent.offices = " ".join(sorted({*consent.offices.split(), *marks.split()}))
        if consent.audience == Audience.RECIPIENT:
            today = day_in(zone, now)
            tell(session, sign_on, "office_added", today, consent.version_id, Audience.RECIPIENT)


def _refuse(session: Session, visit: Visit, marks: str, zone: str, now: datetime) -> None:
    same = select(Asking).where(
        Asking.invitation_id == visit.invitation_id, Asking.why == Why.NEW_OFFICE, Asking.about == marks
    )
    today = day_in(zone, now)
    asking = session.scalars(same).first()
    if asking is None:
        asking = Asking(
            id=uuid4(), invitation_id=visit.invitation_id, why=Why.NEW_OFFICE, about=marks, asked_on=today
        )
        session.add(asking)
    asking.refused_on = today


def ask_about_offices(session: Session, letter_id: UUID, now: datetime) -> None:
    """Write once to whoever may be asked about the offices that came, while the letter is open."""
    opening = current_opening(session, letter_id)
    if opening is None or not opening.opened_at <= now < opening.closes_at:
        return
    signed = (
        select(Invitation, Person)
        .join(Person, Person.id == Invitation.person_id)
        .join(SignOn, (SignOn.person_id == Person.id) & (SignOn.letter_id == Invitation.letter_id))
        .where(Invitation.letter_id == letter_id, Invitation.declined_on.is_(None))
        .where(SignOn.withdrawn_on.is_(None), Person.erased_on.is_(None))
        .order_by(Invitation.id)
    )
    for invitation, person in session.execute(signed).all():
        offices = offices_to_ask(session, visit_of(invitation, person), now)
        if offices:
            write_once(session, invitation, Why.NEW_OFFICE, marks_of(offices), now)


def is_still_asked(
    session: Session, asking: Asking, invitation: Invitation, person: Person, now: datetime
) -> bool:
    """Whether these offices are still what she would be asked about."""
    return asking.about == marks_of(offices_to_ask(session, visit_of(invitation, person), now))
