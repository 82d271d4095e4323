"""The final copy an organisation gets: once the letter has left, once, and with no person in it."""

import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from advocacy.config import Config
from advocacy.db import Database
from advocacy.editions.models import OrganisationCopy, Way
from advocacy.editions.organisation_copies import FINAL_COPY, send_final_copies
from advocacy.letters import render
from advocacy.letters.models import LetterVersion
from advocacy.mail.actions import drop
from advocacy.mail.envelopes import Envelope
from advocacy.mail.queries import message_about
from advocacy.organisations.asking import Described
from advocacy.organisations.models import Proof
from advocacy.organisations.recording import revoke_organisation, verify
from advocacy.worker import trades
from tests import make
from tests.make import FULL, LETTERHEAD, Cast
from tests.organisations.conftest import HOUSE, VAL, asked, yes_of

LATER = timedelta(hours=1)


def joins(session: Session, letter: LetterVersion, cast: Cast, now: datetime, name: str, email: str) -> UUID:
    """An organisation says yes by its link and is checked."""
    guest = asked(session, letter, cast, now, email=email)
    signed = yes_of(session, guest, now, described=Described(name, "state", "CA"))
    verify(session, signed.id, Proof.WORK_ADDRESS, voucher=None, by=cast.amara, now=now)
    return signed.id


def leaves(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> None:
    """The letter is printed and handed over."""
    edition = make.edition_of(make.printed(database, letter, cast, now))
    with database.transaction() as session:
        office = make.office_of(session, letter)
        make.hand_over(session, edition, office.id, cast, now, Way.IN_PERSON, receipt="At the desk")


@pytest.fixture
def house(database: Database, letter: LetterVersion, cast: Cast, now: datetime) -> UUID:
    """A house and Wren stand on a letter; Wren is shown to its office alone."""
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, FULL)
        return joins(session, letter, cast, now, HOUSE.public_name, VAL)


def mail(database: Database, config: Config, sign_on_id: UUID, now: datetime) -> Envelope | None:
    """The newest final copy for an organisation, as it would leave now."""
    with database.transaction() as session:
        message = message_about(session, FINAL_COPY, sign_on_id)
        assert message is not None
        trade = trades(config)[FINAL_COPY]
        return trade.compose(session, message, now) if trade.may_send(session, message, now) else None


def read(envelope: Envelope, folder: Path) -> str:
    (folder / "copy.pdf").write_bytes(envelope.attachments[0].content)
    said = subprocess.run(["pdftotext", folder / "copy.pdf", "-"], check=True, capture_output=True, text=True)
    return said.stdout


def send(database: Database, now: datetime) -> int:
    return send_final_copies(database, LETTERHEAD, now)


def test_nothing_is_sent_before_the_letter_has_left(
    database: Database, letter: LetterVersion, cast: Cast, house: UUID, now: datetime
) -> None:
    make.printed(database, letter, cast, now)

    assert send(database, now) == 0


@pytest.mark.both_databases
def test_each_organisation_gets_its_copy_once(
    database: Database, letter: LetterVersion, cast: Cast, house: UUID, config: Config, now: datetime
) -> None:
    leaves(database, letter, cast, now)

    assert [send(database, now), send(database, now + LATER)] == [1, 0]
    sent = mail(database, config, house, now)
    assert sent is not None
    assert (sent.to, sent.sender, len(sent.attachments)) == (VAL, config.office_mail_from, 1)


def test_no_person_is_in_it_and_every_organisation_is(
    database: Database,
    letter: LetterVersion,
    cast: Cast,
    house: UUID,
    config: Config,
    now: datetime,
    tmp_path: Path,
) -> None:
    with database.transaction() as session:
        joins(session, letter, cast, now, "Placeholder Aid", "tex@placeholder.example")
    leaves(database, letter, cast, now)
    send(database, now)
    sent = mail(database, config, house, now)

    assert sent is not None
    text = read(sent, tmp_path)
    assert "Placeholder Aid (CA)" in text
    assert f"{HOUSE.public_name} (CA)" in text
    for hidden in ("Wren", "Val Placeholder", "director", VAL):
        assert hidden not in text + sent.subject + sent.body.replace(sent.to, "")


def test_it_is_kept_sealed(
    database: Database, letter: LetterVersion, cast: Cast, house: UUID, config: Config, now: datetime
) -> None:
    leaves(database, letter, cast, now)
    send(database, now)
    sent = mail(database, config, house, now)

    with database.reading() as session:
        (kept,) = session.query(OrganisationCopy)
        assert sent is not None
        assert kept.pdf is not None
        assert sent.attachments[0].content[:200] not in kept.pdf


def test_who_took_itself_off_gets_none_and_is_in_nobodys(
    database: Database,
    letter: LetterVersion,
    cast: Cast,
    house: UUID,
    config: Config,
    now: datetime,
    tmp_path: Path,
) -> None:
    with database.transaction() as session:
        other = joins(session, letter, cast, now, "Placeholder Aid", "tex@placeholder.example")
    leaves(database, letter, cast, now)
    assert send(database, now) == 2
    with database.transaction() as session:
        revoke_organisation(session, house, by=None, now=now)

    assert mail(database, config, house, now) is None
    assert mail(database, config, other, now) is None
    with database.transaction() as session:
        for id in (house, other):
            message = message_about(session, FINAL_COPY, id)
            assert message is not None
            drop(message, now, "changed")
    assert send(database, now + LATER) == 1
    sent = mail(database, config, other, now)
    assert sent is not None
    assert HOUSE.public_name not in read(sent, tmp_path)


def test_a_yes_that_came_after_the_print_gets_no_copy_of_it(
    database: Database, letter: LetterVersion, cast: Cast, house: UUID, now: datetime
) -> None:
    leaves(database, letter, cast, now)
    with database.transaction() as session:
        joins(session, letter, cast, now, "Placeholder Aid", "tex@placeholder.example")

    assert send(database, now) == 1


def test_a_copy_the_check_holds_back_is_not_sent(
    database: Database,
    letter: LetterVersion,
    cast: Cast,
    house: UUID,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leaves(database, letter, cast, now)
    real = render.pdf
    monkeypatch.setattr(render, "pdf", lambda content: real(make.with_line(content, "Wren Sample")))

    assert [send(database, now), send(database, now + LATER)] == [0, 0]
    with database.reading() as session:
        (kept,) = session.query(OrganisationCopy)
        assert kept.pdf is None
