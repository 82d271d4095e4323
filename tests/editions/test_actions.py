"""Freezing and delivering: by two, to the office it was made for, while everybody in it still agrees."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.audit import AuditEntry
from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.actions import (
    DELIVER,
    AnswersChanged,
    EditionVoid,
    NoAddress,
    NoReceipt,
    OtherOffice,
    deliver,
    delivery_hash,
    destroy_pdf,
    destroy_void,
    freeze,
    propose_delivery,
)
from advocacy.editions.check import Finding
from advocacy.editions.holding import hold
from advocacy.editions.messages import DeliveryTrade
from advocacy.editions.models import Delivery, Edition, HeldPrint, Way
from advocacy.editions.queries import (
    Stage,
    delivered_letters,
    delivery_stage,
    editions,
    first_sent_at,
    held_print,
    is_void,
    manifest_of,
    pdf_of,
    signers_now,
    stage_for,
    where_it_went,
)
from advocacy.letters.actions import set_recipients
from advocacy.letters.models import LetterVersion
from advocacy.mail.actions import claim, drop, mark_failed, mark_sent, mark_uncertain, settle
from advocacy.mail.models import Message, MessageStage
from advocacy.people.actions import ProposalEnded, SamePerson, propose, second, set_limits
from advocacy.people.limits import NOTHING_BUT_COUNT, Audience
from tests import make
from tests.make import CHAIR, CHOSEN, DESCRIBED, FULL, RANKING, Cast

LATER = timedelta(hours=1)


@pytest.fixture
def session(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> Iterator[Session]:
    """Wren and River have signed, Dee is counted."""
    with database.transaction() as opened:
        make.sign(opened, letter.letter_id, cast.wren, now, FULL, FULL)
        make.sign(opened, letter.letter_id, cast.river, now, CHOSEN)
        make.sign(opened, letter.letter_id, cast.dee, now)
        yield opened


def message_of(session: Session, delivery: Delivery) -> Message:
    asked = select(Message).where(Message.about_id == delivery.id).order_by(Message.turn.desc())
    found = session.scalars(asked).first()
    assert found is not None
    return found


def test_an_edition_holds_ids_and_a_number_and_no_name(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made = make.frozen(session, letter, cast, now)

    told = json.loads(made.manifest)
    assert (len(told["printed"]), told["others"], made.signers, made.n) == (2, 1, 3, 1)
    assert b"stand-in" not in (made.pdf or b"")
    assert pdf_of(session, made) == b"%PDF-1.7 a stand-in"
    assert not is_void(session, made, now)


def test_the_same_print_twice_is_one_edition(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    first = make.frozen(session, letter, cast, now)

    assert make.frozen(session, letter, cast, now + LATER).id == first.id
    assert make.frozen(session, letter, cast, now, pdf=b"another").n == 2
    assert [one.n for one in editions(session, letter.letter_id)] == [2, 1]


def test_the_same_bytes_that_rest_on_other_people_are_another_edition(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    make.sign(session, letter.letter_id, cast.ana, now, DESCRIBED)
    first = make.frozen(session, letter, cast, now)
    make.withdraw(session, letter.letter_id, cast.ana, now)
    make.sign(session, letter.letter_id, cast.nguyen, now, DESCRIBED)

    second = make.frozen(session, letter, cast, now)

    assert (first.pdf_sha256, first.n, second.n) == (second.pdf_sha256, 1, 2)
    assert is_void(session, first, now)
    assert not is_void(session, second, now)


@pytest.mark.parametrize("change", ["withdraw", "sign", "narrow", "limit", "lapse", "text"])
def test_a_print_is_refused_when_an_answer_changed_while_it_was_made(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, change: str
) -> None:
    made = make.frozen(session, letter, cast, now)
    at = now + LATER
    match change:
        case "withdraw":
            make.withdraw(session, letter.letter_id, cast.river, at)
        case "sign":
            make.sign(session, letter.letter_id, cast.ana, at)
        case "narrow":
            make.sign(session, letter.letter_id, cast.wren, at, DESCRIBED)
        case "limit":
            set_limits(
                session, cast.wren, {Audience.RECIPIENT: NOTHING_BUT_COUNT}, by=cast.lee, in_force_at=at
            )
        case "lapse":
            at = now + timedelta(days=181)
        case _:
            make.edit(session, cast, letter.letter_id, now=at, body="Other words.")

    with pytest.raises(AnswersChanged):
        freeze(
            session,
            letter_id=letter.letter_id,
            version_id=letter.id,
            offices=made.offices,
            manifest=made.manifest,
            signers=3,
            pages=1,
            pdf=b"later",
            file_name="a_v{}.pdf".format,
            by=cast.amara,
            now=at,
        )
    assert is_void(session, made, at)


def test_an_unsigned_edition_of_an_older_text_is_void_too(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    for person in (cast.wren, cast.river, cast.dee):
        make.withdraw(session, letter.letter_id, person, now)
    made = make.frozen(session, letter, cast, now)
    assert not is_void(session, made, now)

    make.edit(session, cast, letter.letter_id, now=now + LATER, body="Other words.")
    assert is_void(session, made, now + LATER)


def test_what_the_check_found_is_sealed_and_goes_with_the_next_print(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    found = Finding("name", "the approved text", "Rowan Verborgen")
    held = hold(session, letter.id, [found], by=cast.amara, now=now)

    assert b"Verborgen" not in held.findings
    told = vault.unseal(session, held.id, "held_print", "findings", held.id, held.findings)
    assert json.loads(told)[0]["detail"] == "Rowan Verborgen"
    sealed = held.findings

    make.frozen(session, letter, cast, now)
    assert held_print(session, letter.id) is None
    assert (held.findings, held.cleared_at) == (b"", now)
    with pytest.raises(vault.CannotOpen):
        vault.unseal(session, held.id, "held_print", "findings", held.id, sealed)


def test_only_the_newest_held_print_waits(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    found = [[Finding("name", "the approved text", name)] for name in ("Rowan Verborgen", "Sol Oculta")]
    first, second_ = (hold(session, letter.id, each, by=cast.amara, now=now) for each in found)

    assert held_print(session, letter.id) is second_
    assert first.cleared_at == now
    assert len(session.scalars(select(HeldPrint)).all()) == 2


def test_it_takes_two_different_people(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    proposed = propose_delivery(session, made.id, office.id, Way.EMAIL, by=cast.amara, now=now)

    with pytest.raises(ProposalEnded):
        deliver(session, made.id, office.id, Way.EMAIL, receipt="", by=cast.amara, now=now)
    with pytest.raises(SamePerson):
        second(session, proposed.id, by=cast.amara, now=now)
    second(session, proposed.id, by=cast.jo, now=now)
    done = deliver(session, made.id, office.id, Way.EMAIL, receipt="", by=cast.sam, now=now)

    assert (done.delivered_by, done.seconded_by, done.address) == (cast.amara, cast.jo, CHAIR.email)


def test_two_agree_to_one_file_one_office_one_way(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    set_recipients(session, letter.letter_id, [CHAIR, RANKING])
    for person, choice in ((cast.wren, FULL), (cast.river, CHOSEN), (cast.dee, make.COUNTED)):
        make.sign(session, letter.letter_id, person, now, choice)
    made = make.frozen(session, letter, cast, now)
    office, other = make.office_of(session, letter), make.office_of(session, letter, RANKING.office)
    make.agree(session, made.id, office.id, cast, now)
    another = make.frozen(session, letter, cast, now, pdf=b"another file")

    for edition_id, office_id, way in (
        (made.id, office.id, Way.PORTAL),
        (made.id, other.id, Way.EMAIL),
        (another.id, office.id, Way.EMAIL),
    ):
        with pytest.raises(ProposalEnded):
            deliver(session, edition_id, office_id, way, receipt="by hand", by=cast.amara, now=now)
    assert not session.scalars(select(Delivery)).all()


def test_an_agreement_to_another_hash_delivers_nothing(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    wrong = delivery_hash(made, office.id, Way.EMAIL, "chair@elsewhere.example")
    other = propose(session, DELIVER, made.id, hash=wrong, by=cast.amara, now=now)
    second(session, other.id, by=cast.jo, now=now)

    with pytest.raises(ProposalEnded):
        deliver(session, made.id, office.id, Way.EMAIL, receipt="", by=cast.amara, now=now)


def test_a_mail_address_changed_after_two_agreed_gets_nothing(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    make.agree(session, made.id, office.id, cast, now)
    set_recipients(session, letter.letter_id, [replace(CHAIR, email="me@elsewhere.example")])

    with pytest.raises(ProposalEnded):
        deliver(session, made.id, office.id, Way.EMAIL, receipt="", by=cast.amara, now=now)


def test_a_mail_address_changed_after_delivery_changes_no_mail(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    done = make.hand_over(session, made.id, office.id, cast, now)
    set_recipients(session, letter.letter_id, [replace(CHAIR, email="me@elsewhere.example")])

    mail = DeliveryTrade(config).compose(session, message_of(session, done), now)
    assert mail.to == CHAIR.email


def test_an_agreement_ends_and_works_once(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    make.agree(session, made.id, office.id, cast, now)
    with pytest.raises(ProposalEnded):
        deliver(
            session, made.id, office.id, Way.EMAIL, receipt="", by=cast.amara, now=now + timedelta(hours=48)
        )

    first = deliver(session, made.id, office.id, Way.EMAIL, receipt="", by=cast.amara, now=now)
    again = deliver(session, made.id, office.id, Way.EMAIL, receipt="", by=cast.amara, now=now)
    other_way = deliver(session, made.id, office.id, Way.PORTAL, receipt="x", by=cast.amara, now=now)
    assert first.id == again.id == other_way.id
    assert len(session.scalars(select(Message)).all()) == 1


def test_an_edition_goes_only_to_an_office_it_was_made_for(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made = make.frozen(session, letter, cast, now)
    old = make.office_of(session, letter).id
    elsewhere = make.letter(session, cast, now=now, offices=[RANKING], body="Another letter.")
    set_recipients(session, letter.letter_id, [RANKING])

    for office in (
        make.office_of(session, letter, RANKING.office).id,
        make.office_of(session, elsewhere, RANKING.office).id,
        old,
        uuid4(),
    ):
        with pytest.raises(OtherOffice):
            propose_delivery(session, made.id, office, Way.POST, by=cast.amara, now=now)
        with pytest.raises(OtherOffice):
            deliver(session, made.id, office, Way.POST, receipt="by hand", by=cast.amara, now=now)


def test_by_hand_it_needs_a_receipt_and_by_mail_an_address(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    make.agree(session, made.id, office.id, cast, now, Way.PORTAL)
    for receipt in ("", " \n"):
        with pytest.raises(NoReceipt):
            deliver(session, made.id, office.id, Way.PORTAL, receipt=receipt, by=cast.amara, now=now)
    done = deliver(session, made.id, office.id, Way.PORTAL, receipt=" no. 17 ", by=cast.amara, now=now)
    assert (done.receipt, done.address) == ("no. 17", "")
    assert not session.scalars(select(Message)).all()

    set_recipients(session, letter.letter_id, [replace(CHAIR, email=None)])
    with pytest.raises(NoAddress):
        propose_delivery(session, made.id, office.id, Way.EMAIL, by=cast.amara, now=now)


def test_a_withdrawal_between_seconding_and_delivery_stops_it(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    make.agree(session, made.id, office.id, cast, now)
    make.withdraw(session, letter.letter_id, cast.river, now)

    with pytest.raises(EditionVoid):
        deliver(session, made.id, office.id, Way.EMAIL, receipt="", by=cast.amara, now=now)
    assert stage_for(session, letter.letter_id) is Stage.PRINTED


def test_a_withdrawal_between_queueing_and_the_postman_stops_the_mail(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    done = make.hand_over(session, made.id, office.id, cast, now)
    message, trade = message_of(session, done), DeliveryTrade(config)
    river = make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
    assert trade.may_send(session, message, now)

    make.withdraw(session, letter.letter_id, cast.river, now)

    assert not trade.may_send(session, message, now)
    drop(message, now, "no longer to be sent")
    assert delivery_stage(session, done) is MessageStage.DROPPED
    assert stage_for(session, letter.letter_id) is Stage.PRINTED
    assert where_it_went(session, letter.letter_id, river.id) == ()
    assert first_sent_at(session, letter.id) is None
    assert delivered_letters(session) == []
    assert destroy_void(session, letter.letter_id, now) == 1
    assert not trade.may_send(session, message, now)


def test_the_mail_carries_the_very_bytes_under_the_office_sender(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    done = make.hand_over(session, made.id, office.id, cast, now)

    mail = DeliveryTrade(config).compose(session, message_of(session, done), now)

    assert [file.content for file in mail.attachments] == [b"%PDF-1.7 a stand-in"]
    assert (mail.to, mail.sender, mail.stop_url) == (CHAIR.email, config.office_mail_from, None)
    assert not [name for name in ("Wren", "River", "Dee") if name in f"{mail.subject}{mail.body}"]


STAGES = (
    (MessageStage.WAITING, False),
    (MessageStage.SENDING, True),
    (MessageStage.SENT, True),
    (MessageStage.UNCERTAIN, True),
    (MessageStage.FAILED, False),
)


@pytest.mark.parametrize(("stage", "left"), STAGES)
def test_what_she_is_told_is_where_it_really_went(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime, stage: MessageStage, left: bool
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    done = make.hand_over(session, made.id, office.id, cast, now)
    message = message_of(session, done)
    if stage is not MessageStage.WAITING:
        claim(message, now)
    match stage:
        case MessageStage.SENT:
            mark_sent(session, message.id, now)
        case MessageStage.UNCERTAIN:
            mark_uncertain(session, message.id, now, "the line went dead")
        case MessageStage.FAILED:
            mark_failed(session, message.id, now, "answer 550")
    river = make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
    make.withdraw(session, letter.letter_id, cast.river, now)

    assert delivery_stage(session, done) is stage
    assert bool(where_it_went(session, letter.letter_id, river.id)) is left
    assert (stage_for(session, letter.letter_id) is Stage.DELIVERED) is left
    assert (delivered_letters(session) == [letter.letter_id]) is left
    assert (first_sent_at(session, letter.id) is not None) is left
    assert destroy_void(session, letter.letter_id, now) == (0 if left else 1)


def test_a_second_try_does_not_hide_that_the_first_may_have_left(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    done = make.hand_over(session, made.id, office.id, cast, now)
    river = make.sign(session, letter.letter_id, cast.river, now, CHOSEN)
    message = message_of(session, done)
    claim(message, now)
    mark_uncertain(session, message.id, now, "the line went dead")
    settle(session, message.id, again=True, by=cast.amara, now=now)

    assert delivery_stage(session, done) is MessageStage.WAITING
    assert [went.office for went in where_it_went(session, letter.letter_id, river.id)] == [CHAIR.office]


def test_a_refused_mail_leaves_another_way_and_a_mended_address_open(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    first = make.hand_over(session, made.id, office.id, cast, now)
    mark_failed(session, message_of(session, first).id, now, "answer 550")
    assert make.hand_over(session, made.id, office.id, cast, now).id == first.id

    set_recipients(session, letter.letter_id, [replace(CHAIR, email="office@house.example")])
    mended = make.hand_over(session, made.id, office.id, cast, now)
    mark_failed(session, message_of(session, mended).id, now, "answer 550")
    by_hand = make.hand_over(session, made.id, office.id, cast, now, Way.IN_PERSON, "front desk, 2 pm")

    assert len({first.id, mended.id, by_hand.id}) == 3
    assert mended.address == "office@house.example"
    assert stage_for(session, letter.letter_id) is Stage.DELIVERED


def test_where_it_went_is_told_to_each_for_her_own_line(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign_ons = {
        name: make.sign(session, letter.letter_id, getattr(cast, name), now, choice).id
        for name, choice in (("wren", DESCRIBED), ("river", CHOSEN), ("dee", make.COUNTED))
    }
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    make.hand_over(session, made.id, office.id, cast, now, Way.POST, "postmark")
    late = make.sign(session, letter.letter_id, cast.ana, now, FULL)

    def told(id: object) -> int:
        return len(where_it_went(session, letter.letter_id, id))  # type: ignore[arg-type]

    assert [told(sign_ons[name]) for name in ("wren", "river", "dee")] == [1, 1, 0]
    assert told(late.id) == 0
    make.sign(session, letter.letter_id, cast.wren, now, FULL)
    assert told(sign_ons["wren"]) == 1


def test_thirty_days_after_sending_the_line_is_in_no_new_copy(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    made, office = make.frozen(session, letter, cast, now), make.office_of(session, letter)
    make.hand_over(session, made.id, office.id, cast, now, Way.POST, "postmark")

    almost, over = now + timedelta(days=30, seconds=-1), now + timedelta(days=30)
    assert len(signers_now(session, made, almost).individuals) == 2
    assert signers_now(session, made, over).individuals == ()
    assert is_void(session, made, over)


def test_only_a_void_file_that_never_left_is_destroyed_and_its_hash_stays(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sent = make.frozen(session, letter, cast, now)
    make.hand_over(session, sent.id, make.office_of(session, letter).id, cast, now, Way.POST, "postmark")
    kept = make.frozen(session, letter, cast, now, pdf=b"second")
    hash = kept.pdf_sha256
    assert destroy_void(session, letter.letter_id, now) == 0
    make.withdraw(session, letter.letter_id, cast.wren, now)

    assert destroy_void(session, letter.letter_id, now) == 1
    assert destroy_void(session, letter.letter_id, now) == 0

    assert (kept.pdf, kept.destroyed_on, kept.pdf_sha256) == (None, now.date(), hash)
    assert (pdf_of(session, kept), is_void(session, kept, now)) == (None, True)
    assert pdf_of(session, sent) is not None
    destroy_pdf(session, sent.id, now)
    assert pdf_of(session, sent) is None


def test_the_audit_log_tells_acts_and_no_names(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        made = make.frozen(session, letter, cast, now)
        make.hand_over(session, made.id, make.office_of(session, letter).id, cast, now)
        manifest = manifest_of(signers_now(session, made, now))
    with database.reading() as session:
        acts = [entry.act for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.n))]
        said = " ".join(entry.why for entry in session.scalars(select(AuditEntry)))
        known = session.scalars(select(Edition.manifest)).one()

    assert acts[-5:] == ["edition.freeze", f"{DELIVER}.propose", f"{DELIVER}.second", DELIVER, "letter.sent"]
    assert known == manifest
    assert "Wren" not in said
