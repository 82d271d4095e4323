"""Who stands behind a yes is checked: a work address shows it, or a member organisation's word."""

from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.letters.models import LetterVersion
from advocacy.mail.queries import messages_about
from advocacy.organisations.answering import take_off
from advocacy.organisations.asking import TO_AUTHORISER, Authoriser, Described
from advocacy.organisations.links import Purpose, guest_by_key
from advocacy.organisations.models import Proof
from advocacy.organisations.queries import alike_on, organisations_on, unsealed
from advocacy.organisations.recording import (
    FreeMail,
    NoVoucher,
    StandsAlready,
    record_organisation,
    record_with_link,
    refuse,
    revoke_organisation,
    set_member,
    verify,
)
from advocacy.people.actions import add_organisation
from advocacy.worker import trades
from tests.make import Cast
from tests.organisations.conftest import HOUSE, VAL, asked, holding, printed, yes_of

VAL_HERSELF = Authoriser("Val Placeholder", "director", VAL)
LINE = "Sample Valley Housing Collective (CA)"


def member(session: Session, cast: Cast, now: datetime, name: str = "Member House") -> UUID:
    known = add_organisation(session, public_name=name, state=None, now=now)
    set_member(session, known.id, member=True, by=cast.jo)
    return known.id


def test_an_address_anybody_can_have_shows_nothing_but_is_not_refused(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    signed = yes_of(session, asked(session, letter, cast, now, email="group@gmail.com"), now)
    with pytest.raises(FreeMail):
        verify(session, signed.id, Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=now)
    waiting = printed(session, letter, now)
    verify(session, signed.id, Proof.VOUCHED, voucher=member(session, cast, now), by=cast.jo, now=now)

    assert waiting == []
    assert printed(session, letter, now) == [LINE]


def test_only_a_member_vouches_and_nobody_for_itself(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    signed = yes_of(session, asked(session, letter, cast, now), now)
    stranger = add_organisation(session, public_name="Stranger House", state=None, now=now)
    set_member(session, signed.organisation_id, member=True, by=cast.jo)

    for voucher in (None, stranger.id, signed.organisation_id, UUID(int=1)):
        with pytest.raises(NoVoucher):
            verify(session, signed.id, Proof.VOUCHED, voucher=voucher, by=cast.jo, now=now)
    assert printed(session, letter, now) == []


def test_who_left_the_network_vouches_no_more(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    signed = yes_of(session, asked(session, letter, cast, now), now)
    voucher = member(session, cast, now)
    set_member(session, voucher, member=False, by=cast.jo)

    with pytest.raises(NoVoucher):
        verify(session, signed.id, Proof.VOUCHED, voucher=voucher, by=cast.jo, now=now)


def test_what_was_refused_does_not_print_and_cannot_be_checked(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now)
    refuse(session, signed.id, by=cast.jo, now=now)
    verify(session, signed.id, Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=now)
    yes_of(session, guest, now)

    assert signed.verified_on is None
    assert printed(session, letter, now) == []


def test_a_second_yes_of_one_organisation_never_stands_beside_the_first(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    known = add_organisation(session, public_name=HOUSE.public_name, state="CA", now=now)
    record_organisation(session, letter.id, known.id, authoriser="Val, director", by=cast.amara, now=now)
    signed = yes_of(session, asked(session, letter, cast, now), now)
    with pytest.raises(StandsAlready):
        verify(session, signed.id, Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=now)

    assert printed(session, letter, now) == [LINE]


def test_a_stranger_who_types_a_standing_organisations_name_changes_nothing_of_it(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    known = add_organisation(session, public_name=HOUSE.public_name, state="CA", now=now)
    first = record_organisation(session, letter.id, known.id, authoriser="Val", by=cast.amara, now=now)
    guest = asked(session, letter, cast, now, email="stranger@elsewhere.example")
    signed = yes_of(session, guest, now)
    revoke_organisation(session, signed.id, by=None, now=now)

    assert first.revoked_on is None
    assert printed(session, letter, now) == [LINE]


def test_names_that_sound_alike_are_hinted_at(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    known = add_organisation(
        session, public_name="The Sample-Valley Housing Collective, Inc.", state=None, now=now
    )
    record_organisation(session, letter.id, known.id, authoriser="Val", by=cast.amara, now=now)
    signed = yes_of(session, asked(session, letter, cast, now), now)

    hints = alike_on(session, letter.letter_id, HOUSE.public_name, but=signed.id)
    assert hints == ("The Sample-Valley Housing Collective, Inc.",)
    assert alike_on(session, letter.letter_id, "Another Name") == ()


def test_the_office_sees_where_an_address_is_and_never_the_address(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    yes_of(session, asked(session, letter, cast, now), now)
    (line,) = organisations_on(session, letter.letter_id)

    assert (line.domain, line.is_free_mail, line.level) == ("samplevalley.example", False, "state")
    assert "val@" not in repr(line)
    assert "Val" not in repr(line).replace("Valley", "")


def test_a_yes_recorded_from_the_file_is_checked_by_whoever_records_it(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    known = add_organisation(session, public_name="Sample House", state=None, now=now)
    signed = record_organisation(session, letter.id, known.id, authoriser="Val", by=cast.amara, now=now)

    assert (signed.verified_by, signed.proof) == (cast.amara, Proof.ON_FILE)
    assert printed(session, letter, now) == ["Sample House"]


def test_described_says_no_more_than_was_typed() -> None:
    assert Described("Sample House").board_on is None


def test_whoever_said_yes_on_paper_can_take_it_back_by_a_link_of_her_own(
    session: Session, letter: LetterVersion, cast: Cast, config: Config, now: datetime
) -> None:
    known = add_organisation(session, public_name=HOUSE.public_name, state="CA", now=now)
    for _ in range(2):
        signed = record_with_link(session, letter.id, known.id, VAL_HERSELF, by=cast.amara, now=now)
    assert signed.ask_id is not None
    (message,) = messages_about(session, TO_AUTHORISER, signed.ask_id)
    sent = trades(config)[TO_AUTHORISER].compose(session, message, now)
    key = sent.body.partition("/o#")[2].split()[0]
    guest = guest_by_key(session, key, now)

    assert sent.to == VAL
    assert "We have noted a yes" in sent.body
    assert "Nothing has been signed" not in sent.body
    assert printed(session, letter, now) == ["Sample Valley Housing Collective (CA)"]
    assert guest is not None
    take_off(session, guest, now)
    assert printed(session, letter, now) == []


def test_a_yes_on_paper_never_takes_over_one_that_came_by_link(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    guest = asked(session, letter, cast, now)
    own = yes_of(session, guest, now)
    verify(session, own.id, Proof.WORK_ADDRESS, voucher=None, by=cast.amara, now=now)
    other = Authoriser("Tex Muster", "chair", "tex@other.example")
    signed = record_with_link(session, letter.id, own.organisation_id, other, by=cast.amara, now=now)

    assert signed.id == own.id
    assert unsealed(session, own, "email") == VAL


def test_who_speaks_for_it_next_has_the_link_and_who_spoke_before_has_none(
    session: Session, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    known = add_organisation(session, public_name=HOUSE.public_name, state="CA", now=now)
    first = record_with_link(session, letter.id, known.id, VAL_HERSELF, by=cast.amara, now=now)
    old = holding(session, first.ask_id, Purpose.ANSWER, now)
    other = Authoriser("Tex Muster", "chair", "tex@other.example")
    record_with_link(session, letter.id, known.id, other, by=cast.amara, now=now)
    take_off(session, old, now)

    assert printed(session, letter, now) == ["Sample Valley Housing Collective (CA)"]
