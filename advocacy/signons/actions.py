"""What a signer may do: sign, change, withdraw, say no; and what the door keeps for her meanwhile."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy import audit, vault
from advocacy.clock import day_in
from advocacy.people.limits import Audience
from advocacy.people.typed_codes import make_code
from advocacy.signons.consent import Choice, narrower
from advocacy.signons.giving import end_consents, give, stands_already
from advocacy.signons.holding import weigh
from advocacy.signons.links import Purpose, make_key
from advocacy.signons.models import KeptChoices, Link, SignOn
from advocacy.signons.previews import Preview, Wish, preview
from advocacy.signons.turns import take_turn
from advocacy.signons.undoing import drop_undo, forget_undos
from advocacy.signons.visits import Asked, Visit, asked_of, sign_on_of, standing
from advocacy.signons.withdrawing import take_off
from advocacy.throttling import forget_run_out

_KEPT_FOR = timedelta(hours=1)
_COUNTED_FOR = timedelta(hours=1)


class NotOpen(Exception):
    """This letter is not open for signing now. You can still take your name off."""


class TextChanged(Exception):
    """The letter has changed since you opened it. Nothing was signed. Please read it again."""


class PreviewFirst(Exception):
    """Please look at how you will appear before you sign. Nothing was signed."""


class OnlyLess(Exception):
    """The letter is closed. You can still show less of yourself, or take your name off."""


def make_link(session: Session, invitation_id: UUID, purpose: Purpose, now: datetime) -> tuple[str, str]:
    """Make a key and a typed code, keeping only their hashes. Older ones live on until their end."""
    key, code = make_key(), make_code()
    typed = vault.hash_code(session, code) if purpose is Purpose.SIGN else None
    session.add(
        Link(
            id=uuid4(),
            invitation_id=invitation_id,
            purpose=purpose,
            key_hash=vault.hash_key(key),
            code_hash=typed,
            made_at=now,
        )
    )
    session.flush()
    return key, code


def sign(
    session: Session,
    visit: Visit,
    wishes: Mapping[Audience, Wish],
    *,
    mark: str,
    zone: str,
    now: datetime,
    opened: str = "",
    words: str = "",
) -> SignOn:
    """Agree to the open version in exactly the way that was previewed; the same again changes nothing.

    `words` are those she was shown. After the letter closed it may only show less, but for a form that was
    `opened` in time. Raises `NotOpen`, `TextChanged`, `PreviewFirst`, `OnlyLess`, or what `preview` raises;
    then nothing is written.
    """
    invitation = take_turn(session, visit)
    sign_on = sign_on_of(session, visit, lock=True)
    asked = asked_of(session, visit, now, opened=opened)
    if asked is None:
        raise NotOpen
    shown = preview(session, visit, asked, wishes, zone=zone, now=now)
    _check(session, visit, asked, shown, mark)
    is_new = sign_on is None
    if sign_on is None:
        sign_on = _begin(session, visit, now)
    elif stands_already(session, visit, sign_on, asked, shown):
        return sign_on
    today = day_in(zone, now)
    _end_what_stood(session, sign_on, today)
    sign_on.withdrawn_on, sign_on.signed_on = None, today
    give(session, visit, sign_on, asked, shown, today, words)
    weigh(session, sign_on, filter(None, shown.lines.values()), is_new=is_new, now=now)
    invitation.declined_on = None
    forget_kept(session, visit)
    session.flush()
    return sign_on


def _end_what_stood(session: Session, sign_on: SignOn, today: date) -> None:
    if end_consents(session, sign_on, today):
        # It may have shown more, and must not come back with an older copy of the database.
        audit.record(session, "sign_on.change", actor=None, about="sign_on", id=sign_on.id, lasting=True)
    drop_undo(session, sign_on)


def _begin(session: Session, visit: Visit, now: datetime) -> SignOn:
    # The same in every copy of the database: the journal speaks of it to a backup from before she signed.
    id = uuid5(visit.letter_id, str(visit.person_id))
    sign_on = SignOn(id=id, letter_id=visit.letter_id, person_id=visit.person_id, signed_on=now.date())
    session.add(sign_on)
    session.flush()
    return sign_on


def _check(session: Session, visit: Visit, asked: Asked, shown: Preview, mark: str) -> None:
    if mark.partition(".")[0] != asked.version.sha256[:16]:
        raise TextChanged if mark else PreviewFirst
    if not shown.is_marked(mark):
        raise PreviewFirst
    if asked.is_open:
        return
    before = standing(session, visit)
    if not before.is_yes_to(asked):
        raise NotOpen
    # What is over stands for no more than a number: what was not put back, or lapsed.
    stood = {audience: before.choices.get(audience, Choice()) for audience in shown.wishes}
    pairs = [(wish.choice, stood[audience]) for audience, wish in shown.wishes.items()]
    if not narrower(pairs, implies_survivor=asked.letter.implies_survivor):
        raise OnlyLess


def withdraw(session: Session, visit: Visit, *, zone: str, now: datetime) -> None:
    """Take this person's name off, at any stage, at once, without a reason; twice is once.

    For seven days the same link can put it back as it was.
    """
    take_turn(session, visit)
    sign_on = sign_on_of(session, visit, lock=True)
    if sign_on is None or sign_on.withdrawn_on is not None:
        return
    take_off(session, sign_on, day_in(zone, now), now)
    audit.record(session, "sign_on.withdraw", actor=None, about="sign_on", id=sign_on.id, lasting=True)
    forget_kept(session, visit)
    session.flush()


def decline(session: Session, visit: Visit, *, zone: str, now: datetime) -> None:
    """Say no, and do not ask me again about this one. It ends an earlier yes. The office cannot see it."""
    withdraw(session, visit, zone=zone, now=now)
    invitation = take_turn(session, visit)
    if invitation.declined_on is None:
        invitation.declined_on = day_in(zone, now)
    forget_kept(session, visit)
    session.flush()


def keep_choices(session: Session, visit: Visit, choices: str, now: datetime) -> None:
    """Keep what she chose so far, sealed, for an hour: phones throw pages away."""
    id = visit.invitation_id
    take_turn(session, visit)
    sealed = vault.seal(session, visit.person_id, "kept_choices", "choices", id, choices)
    session.merge(KeptChoices(invitation_id=id, choices=sealed, until_at=now + _KEPT_FOR))
    session.flush()


def kept_choices(session: Session, visit: Visit, now: datetime) -> str | None:
    """What she had chosen within the last hour."""
    kept = session.get(KeptChoices, visit.invitation_id)
    if kept is None or kept.until_at <= now:
        return None
    return vault.unseal(
        session, visit.person_id, "kept_choices", "choices", visit.invitation_id, kept.choices
    )


def forget_kept(session: Session, visit: Visit) -> None:
    """Drop what was kept: she has decided."""
    session.execute(delete(KeptChoices).where(KeptChoices.invitation_id == visit.invitation_id))


def forget_all_kept(session: Session, now: datetime) -> None:
    """Drop whatever was kept for longer than its time, and counters that have run out."""
    forget_undos(session, now)
    session.execute(delete(KeptChoices).where(KeptChoices.until_at <= now))
    forget_run_out(session, now)
