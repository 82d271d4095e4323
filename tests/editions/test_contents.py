"""What one print may say comes from the version, its offices and its signers, and from nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from advocacy.db import Database
from advocacy.editions.contents import NoHeader, NoWitness, content_for, long_date
from advocacy.letters.actions import begin_letter, set_recipients
from advocacy.letters.content import LetterContent, TestimonyContent
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.signons.queries import Signer, Signers
from tests import make
from tests.make import CHAIR, LETTERHEAD, RANKING, Cast

DAY = date(2026, 11, 23)
WREN = Signer("Wren Sample", uuid4())


@pytest.fixture
def session(database: Database, letter: LetterVersion) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def shown(*lines: str, organisations: tuple[str, ...] = (), others: int = 0) -> Signers:
    return Signers(
        tuple(Signer(line, uuid4()) for line in organisations),
        tuple(Signer(line, uuid4()) for line in lines),
        others,
    )


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("en", date(2026, 12, 4), "December 4, 2026"),
        ("en", date(2027, 1, 31), "January 31, 2027"),
        ("es", date(2026, 12, 4), "4 de diciembre de 2026"),
        ("es", date(2027, 1, 31), "31 de enero de 2027"),
    ],
)
def test_a_day_is_written_out(language: str, day: date, said: str) -> None:
    assert long_date(day, language) == said


def test_a_letter_says_its_version_its_offices_and_its_signers(
    session: Session, letter: LetterVersion
) -> None:
    said = content_for(
        session, letter, shown("Ana", "River", organisations=("House",), others=2), LETTERHEAD, DAY
    )

    assert isinstance(said, LetterContent)
    assert (said.title, said.body, said.sha256) == (letter.title, letter.body, letter.sha256)
    assert said.signatories.organisations == ("House",)
    assert said.signatories.individuals == ("Ana", "River")
    assert (said.signatories.others, said.date_line) == (2, "November 23, 2026")
    assert said.recipients[0].lines == (CHAIR.office, CHAIR.address)
    assert letter.sha256[:8] in said.version_label


def test_one_office_is_greeted_by_name_and_several_together(session: Session, letter: LetterVersion) -> None:
    def greeting(*offices: object) -> str:
        set_recipients(session, letter.letter_id, offices)  # type: ignore[arg-type]
        return content_for(session, letter, shown(), LETTERHEAD, DAY).salutation  # type: ignore[union-attr]

    assert greeting(CHAIR) == "Dear Chair Sample:"
    assert greeting(replace(CHAIR, salutation="Dear Chair Sample")) == "Dear Chair Sample:"
    assert greeting(replace(CHAIR, salutation="Dear Chair Sample,")) == "Dear Chair Sample,"
    assert greeting(CHAIR, RANKING) == "Dear Chairs and Ranking Members:"
    assert greeting(CHAIR, replace(RANKING, salutation="Dear Senator Sample:")) == "Dear Members:"
    assert greeting(replace(CHAIR, salutation=" ")) == "Dear Chairs and Ranking Members:"


def test_a_testimony_has_one_witness_and_a_box(session: Session, cast: Cast, now: datetime) -> None:
    version = make.letter(
        session, cast, now=now, kind=LetterKind.TESTIMONY, body="I ask.", spoken="Thank you."
    )
    said = content_for(session, version, shown("Wren Sample", others=3), LETTERHEAD, DAY)

    assert isinstance(said, TestimonyContent)
    assert said.witness.text == "Wren Sample"
    assert (said.bill, said.committee, said.spoken) == ("HB 417", "Committee on Samples", "Thank you.")
    assert said.hearing_line == "February 11, 2027, Room 3"
    for signers in (shown(), shown(others=1), shown("A", "B"), shown(organisations=("House",))):
        with pytest.raises(NoWitness):
            content_for(session, version, signers, LETTERHEAD, DAY)


def test_a_testimony_without_its_box_is_not_ready(session: Session, cast: Cast, now: datetime) -> None:
    begun = begin_letter(session, kind=LetterKind.TESTIMONY, by=cast.amara, now=now)
    set_recipients(session, begun.id, [CHAIR])
    version = make.edit(session, cast, begun.id, now=now, body="I ask.")

    with pytest.raises(NoHeader):
        content_for(session, version, Signers((), (WREN,), 0), LETTERHEAD, DAY)
