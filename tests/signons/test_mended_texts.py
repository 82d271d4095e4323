"""A typo that two people mended leaves every yes standing; any other new text puts them all out of force."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.editions.queries import first_sent_at, is_void
from advocacy.letters.actions import NotApproved, Overtaken, approve, open_for_signons, write_version
from advocacy.letters.mending import (
    ACT,
    MoreThanATypo,
    NothingSaid,
    agree_typo,
    deny_typo,
    said_typo,
    said_typos,
    say_typo,
)
from advocacy.letters.models import ChangeKind, LetterVersion
from advocacy.letters.queries import change_between, current_opening, texts_meant
from advocacy.organisations.recording import record_organisation
from advocacy.people.actions import ProposalEnded, SamePerson, add_organisation, propose
from advocacy.people.limits import Audience
from advocacy.signons.queries import Signers, progress, signers_for
from advocacy.signons.visits import standing
from tests import make
from tests.make import CHOSEN, FULL, Cast

OFFICE = Audience.RECIPIENT
WRONG = "We ask for **three** things.\n\n1. Homes.\n2. Wages.\n3. Care for those who recieve no help."
RIGHT = WRONG.replace("recieve", "receive")
OTHER = WRONG.replace("three", "four")


@pytest.fixture
def session(database: Database, cast: Cast) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def wrong(session: Session, cast: Cast, now: datetime) -> LetterVersion:
    """A letter with a typo in it, signed by River with her name and by Dee who is counted."""
    version = make.letter(session, cast, now=now, body=WRONG)
    make.sign(session, version.letter_id, cast.river, now, recipient=CHOSEN)
    make.sign(session, version.letter_id, cast.dee, now)
    return version


def write(session: Session, cast: Cast, old: LetterVersion, body: str, now: datetime) -> LetterVersion:
    version = write_version(
        session, old.letter_id, title=old.title, body=body, by=cast.amara, based_on=old.n, now=now
    )
    approve(session, version.id, by=cast.jo, now=now)
    return version


def mend(session: Session, cast: Cast, old: LetterVersion, body: str, now: datetime) -> LetterVersion:
    """Jo says it is only a typo, and Amara agrees."""
    version = write(session, cast, old, body, now)
    said = say_typo(session, version.id, by=cast.jo, now=now)
    agree_typo(session, said, by=cast.amara, now=now)
    return version


def shown(session: Session, version: LetterVersion, now: datetime) -> tuple[list[str], int]:
    found = signers_for(session, version.id, OFFICE, now)
    return [one.line for one in found.individuals], found.others


def test_a_mended_typo_leaves_every_yes_standing(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    right = mend(session, cast, wrong, RIGHT, now + timedelta(hours=1))

    assert shown(session, right, now) == (["River"], 1)
    assert progress(session, right.letter_id, right.id).signed == 2


def test_until_somebody_else_agrees_nothing_changes(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    right = write(session, cast, wrong, RIGHT, now)
    said = say_typo(session, right.id, by=cast.jo, now=now)
    assert say_typo(session, right.id, by=cast.jo, now=now) == said

    assert shown(session, wrong, now) == (["River"], 1)
    assert signers_for(session, right.id, OFFICE, now) == Signers((), (), 0)
    with pytest.raises(SamePerson):
        agree_typo(session, said, by=cast.jo, now=now)
    assert [one.act for one in said_typos(session, now)] == [said]


def test_other_words_put_every_yes_out_of_force_at_once(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    other = make.edit(session, cast, wrong.letter_id, now=now + timedelta(hours=1), body=OTHER)

    assert shown(session, other, now) == ([], 0)
    assert shown(session, wrong, now) == ([], 0)
    noted = change_between(session, other.id, wrong.id)
    assert noted is not None and noted.kind == ChangeKind.MATERIAL
    assert "A number is different." in noted.reasons


def test_what_carries_meaning_cannot_be_called_a_typo(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    other = write(session, cast, wrong, OTHER, now)

    with pytest.raises(MoreThanATypo):
        say_typo(session, other.id, by=cast.jo, now=now)


def test_small_steps_do_not_lead_far(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    one = mend(session, cast, wrong, WRONG.replace("recieve", "receve"), now + timedelta(hours=1))
    two = write(session, cast, one, WRONG.replace("recieve", "reeve"), now + timedelta(hours=2))

    with pytest.raises(MoreThanATypo):
        say_typo(session, two.id, by=cast.jo, now=now + timedelta(hours=2))


def test_a_second_person_may_say_it_is_more_than_a_typo(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    right = write(session, cast, wrong, RIGHT, now)
    said = say_typo(session, right.id, by=cast.jo, now=now)
    deny_typo(session, right.id, by=cast.amara, now=now)

    assert not said_typos(session, now)
    with pytest.raises(MoreThanATypo):
        agree_typo(session, said, by=cast.amara, now=now)
    with pytest.raises(NothingSaid):
        deny_typo(session, right.id, by=cast.amara, now=now)
    with pytest.raises(MoreThanATypo):
        say_typo(session, right.id, by=cast.jo, now=now)
    assert texts_meant(session, right) == {right.sha256}


def test_words_nobody_approved_mend_nothing(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    version = write_version(
        session, wrong.letter_id, title=wrong.title, body=RIGHT, by=cast.amara, based_on=1, now=now
    )

    with pytest.raises(NotApproved):
        say_typo(session, version.id, by=cast.jo, now=now)


def test_a_typo_said_of_words_that_are_no_longer_open_is_nothing(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    right = write(session, cast, wrong, RIGHT, now)
    said = say_typo(session, right.id, by=cast.jo, now=now)
    make.edit(session, cast, wrong.letter_id, now=now + timedelta(hours=1), body=OTHER)

    assert said_typo(session, right.id, now) is None
    with pytest.raises(ProposalEnded):
        agree_typo(session, said, by=cast.amara, now=now)
    with pytest.raises(Overtaken):
        say_typo(session, right.id, by=cast.jo, now=now)


def test_nobody_agrees_to_a_typo_in_words_that_were_opened_as_new_ones(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    right = write(session, cast, wrong, RIGHT, now)
    said = say_typo(session, right.id, by=cast.jo, now=now)
    ends, later = now + timedelta(days=5), now + timedelta(hours=1)
    open_for_signons(session, right.id, closes_at=ends, by=cast.jo, now=later)

    with pytest.raises(ProposalEnded):
        agree_typo(session, said, by=cast.amara, now=later)
    assert texts_meant(session, right) == {right.sha256}


def test_what_carries_meaning_is_weighed_once_more_when_somebody_agrees(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    other = write(session, cast, wrong, OTHER, now)
    mark = sha256(f"{wrong.sha256} {other.sha256}".encode()).hexdigest()
    said = propose(session, ACT, other.id, hash=mark, by=cast.jo, now=now)

    with pytest.raises(MoreThanATypo):
        agree_typo(session, said, by=cast.amara, now=now)
    assert texts_meant(session, other) == {other.sha256}


def test_after_three_days_nobody_can_agree_and_it_is_said_anew(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    right = write(session, cast, wrong, RIGHT, now)
    said, later = say_typo(session, right.id, by=cast.jo, now=now), now + timedelta(hours=72)

    assert said_typos(session, later - timedelta(seconds=1))
    assert not said_typos(session, later)
    with pytest.raises(ProposalEnded):
        agree_typo(session, said, by=cast.amara, now=later)
    again = say_typo(session, right.id, by=cast.jo, now=later)
    agree_typo(session, again, by=cast.amara, now=later)
    assert shown(session, right, later) == (["River"], 1)


def test_what_was_said_of_other_words_is_agreed_to_by_nobody(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    right = write(session, cast, wrong, RIGHT, now)
    said = say_typo(session, right.id, by=cast.jo, now=now)
    said.hash = "0" * 64

    with pytest.raises(ProposalEnded):
        agree_typo(session, said, by=cast.amara, now=now)


def test_agreeing_twice_is_agreeing_once_and_the_end_stays(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    before = current_opening(session, wrong.letter_id)
    assert before is not None
    right = write(session, cast, wrong, RIGHT, now)
    said = say_typo(session, right.id, by=cast.jo, now=now)
    agree_typo(session, said, by=cast.amara, now=now + timedelta(hours=1))
    agree_typo(session, said, by=cast.amara, now=now + timedelta(hours=2))

    after = current_opening(session, wrong.letter_id)
    assert after is not None and after.version_id == right.id
    assert after.closes_at == before.closes_at


def test_a_typo_mended_after_the_close_opens_nothing(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    open_for_signons(session, wrong.id, closes_at=now + timedelta(hours=1), by=cast.jo, now=now)
    later = now + timedelta(hours=2)
    right = mend(session, cast, wrong, RIGHT, later)

    assert shown(session, right, later) == (["River"], 1)
    visit = make.come(session, right.letter_id, cast.river, later)
    asked = make.asked(session, visit, later)
    assert not asked.is_open
    assert standing(session, visit).is_yes_to(asked)


def test_who_signs_the_mended_text_is_not_shown_under_the_old_one(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    right = mend(session, cast, wrong, RIGHT, later)
    make.sign(session, right.letter_id, cast.wren, later, recipient=FULL)

    assert shown(session, right, later) == (["River", "Wren Sample"], 1)
    assert shown(session, wrong, later) == (["River"], 1)


def test_a_material_change_after_a_typo_ends_both(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    mend(session, cast, wrong, RIGHT, now + timedelta(hours=1))
    other = make.edit(session, cast, wrong.letter_id, now=now + timedelta(hours=2), body=OTHER)

    assert shown(session, other, now) == ([], 0)
    assert shown(session, wrong, now) == ([], 0)


def test_an_organisation_stands_once_under_the_mended_text(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    group = add_organisation(session, public_name="Sample House", state="OH", now=now)
    record_organisation(session, wrong.id, group.id, authoriser="Ex Ample", by=cast.amara, now=now)
    right = mend(session, cast, wrong, RIGHT, now + timedelta(hours=1))
    record_organisation(session, right.id, group.id, authoriser="Ex Ample", by=cast.amara, now=now)

    assert [one.line for one in signers_for(session, right.id, OFFICE, now).organisations] == [
        "Sample House (OH)"
    ]


def test_thirty_days_after_sending_count_from_the_copy_with_the_typo(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    frozen = make.frozen(session, wrong, cast, now)
    office = make.office_of(session, wrong)
    make.hand_over(session, frozen.id, office.id, cast, now, make.Way.POST, receipt="A stamp")
    right = mend(session, cast, wrong, RIGHT, now + timedelta(days=1))

    assert first_sent_at(session, right.id) == now
    late = now + timedelta(days=31)
    assert [one.line for one in signers_for(session, right.id, OFFICE, late, sent_at=now).individuals] == []


def test_a_copy_made_before_a_material_change_may_not_leave(
    session: Session, cast: Cast, wrong: LetterVersion, now: datetime
) -> None:
    frozen = make.frozen(session, wrong, cast, now)
    make.edit(session, cast, wrong.letter_id, now=now + timedelta(hours=1), body=OTHER)

    assert is_void(session, frozen, now)
