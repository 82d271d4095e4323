"""Groups are asked by rule, nobody is hand-picked, and each mail carries its own key and no word too many."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.db import Database
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.mail.models import Message
from advocacy.people.actions import stop_mail
from advocacy.people.models import Language, MailMode
from advocacy.people.queries import groups
from advocacy.people.typed_codes import read_code
from advocacy.signons import actions
from advocacy.signons.inviting import GroupTooSmall, NoGroup, NotAWitness, TooFewNew, ask_witness, invite
from advocacy.signons.links import Purpose
from advocacy.signons.messages import InvitationTrade
from advocacy.signons.models import Invitation, Link
from advocacy.signons.visits import visit_by_code, visit_by_key
from tests import make
from tests.make import Cast

TELLING = (
    "traffick",
    "survivor",
    "bill",
    "h.r.",
    "congress",
    "letter",
    "support",
    "sign",
    "network",
    "campaign",
)


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def group(session: Session, name: str = "members") -> UUID:
    return next(one.id for one in groups(session) if one.name == name)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def message_to(session: Session, letter: LetterVersion, person_id: UUID) -> Message:
    invitation = make.invited(session, letter.letter_id, person_id)
    assert invitation is not None
    return session.scalars(select(Message).where(Message.about_id == invitation.id)).one()


def test_everybody_in_a_group_is_asked_once(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    assert make.ask_members(session, letter, cast, now) == 5
    assert make.ask_members(session, letter, cast, now) == 0
    assert (count(session, Invitation), count(session, Message)) == (5, 5)


def test_a_small_group_cannot_be_asked_not_even_beside_a_large_one(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.person(session, "Only Sample", now=now, groups=("just me",))
    for chosen in ([group(session, "just me")], [group(session), group(session, "just me")], [uuid4()]):
        with pytest.raises(GroupTooSmall):
            invite(session, letter.letter_id, chosen, by=cast.amara, now=now)
    with pytest.raises(NoGroup):
        invite(session, letter.letter_id, [], by=cast.amara, now=now)
    assert count(session, Invitation) == 0


def test_a_large_group_of_whom_only_one_was_not_asked_does_not_ask_that_one(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.ask_members(session, letter, cast, now)
    for n in range(4):
        make.person(session, f"Late Sample {n}", now=now)
        with pytest.raises(TooFewNew):
            invite(session, letter.letter_id, [group(session)], by=cast.amara, now=now)
    assert count(session, Invitation) == 5

    make.person(session, "Last Sample", now=now)
    assert invite(session, letter.letter_id, [group(session)], by=cast.amara, now=now) == 5


def test_a_closed_letter_asks_nobody(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with pytest.raises(actions.NotOpen):
        make.ask_members(session, letter, cast, now + make.OPEN_FOR)


@pytest.mark.parametrize("mode", [MailMode.NONE, MailMode.FULL])
def test_no_mail_goes_to_somebody_who_wants_none(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, mode: MailMode
) -> None:
    quiet = make.person(session, "Quiet Sample", now=now, mail_mode=mode)
    if mode is MailMode.FULL:
        stop_mail(session, quiet.id, now)

    assert make.ask_members(session, letter, cast, now) == 6
    assert count(session, Message) == 5
    assert make.invited(session, letter.letter_id, quiet.id) is not None


def test_only_a_testimony_asks_one_person_alone(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with pytest.raises(NotAWitness):
        ask_witness(session, letter.letter_id, cast.wren, by=cast.amara, now=now)

    testimony = make.letter(
        session, cast, now=now, kind=LetterKind.TESTIMONY, body="I ask for a favorable report."
    )
    assert make.witness(session, testimony, cast.wren, cast, now)
    assert not make.witness(session, testimony, cast.wren, cast, now)


def test_an_invitation_carries_its_own_keys_and_no_telling_word(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    make.ask_members(session, letter, cast, now)
    mail = InvitationTrade(config).compose(session, message_to(session, letter, cast.wren), now)

    key = re.search(r"/s#(\S+)", mail.body)
    code = re.search(r"\b[0-9A-Z]{5}-[0-9A-Z]{5}\b", mail.body)
    assert key is not None
    assert code is not None
    by_key = visit_by_key(session, key[1], Purpose.SIGN, now)
    assert by_key is not None
    assert by_key.person_id == cast.wren
    assert visit_by_code(session, read_code(code[0]) or "", now) == by_key
    assert mail.to == "wrensample@members.example"
    stop = (mail.stop_url or "").rpartition("/")[2]
    assert visit_by_key(session, stop, Purpose.STOP_MAIL, now) is not None
    assert visit_by_key(session, stop, Purpose.SIGN, now) is None
    said = f"{mail.subject} {mail.body.replace(key[1], '')}".lower()
    assert not [word for word in TELLING if word in said]
    assert not [word for word in ("wren", "sample", letter.title.lower()) if word in said]


def test_only_an_open_mailbox_is_told_her_recognition_word(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    modes = (MailMode.FULL, MailMode.DISCREET, MailMode.WATCHED)
    people = [
        make.person(
            session,
            f"Robin {mode}",
            now=now,
            mail_mode=mode,
            recognition_word="marzipan",
            language=Language.SPANISH,
        )
        for mode in modes
    ]
    make.ask_members(session, letter, cast, now)
    for mode, person in zip(modes, people, strict=True):
        mail = InvitationTrade(config).compose(session, message_to(session, letter, person.id), now)
        assert ("marzipan" in mail.body) is (mode is MailMode.FULL)
        assert mail.language == "es"


def test_an_invitation_is_not_sent_once_it_makes_no_sense(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    make.ask_members(session, letter, cast, now)
    trade = InvitationTrade(config)
    to_wren, to_dee, to_ana = (message_to(session, letter, who) for who in (cast.wren, cast.dee, cast.ana))
    assert trade.may_send(session, to_wren, now)

    actions.decline(session, make.come(session, letter.letter_id, cast.wren, now), zone=make.ZONE, now=now)
    stop_mail(session, cast.dee, now)

    assert not trade.may_send(session, to_wren, now)
    assert not trade.may_send(session, to_dee, now)
    assert trade.may_send(session, to_ana, now)
    assert not trade.may_send(session, to_ana, now + make.OPEN_FOR + timedelta(seconds=1))


def test_a_second_mail_makes_new_keys_and_leaves_the_old_ones(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    make.ask_members(session, letter, cast, now)
    trade, message = InvitationTrade(config), message_to(session, letter, cast.wren)

    bodies = {trade.compose(session, message, now).body for _ in range(2)}

    assert len(bodies) == 2
    assert count(session, Link) == 4
