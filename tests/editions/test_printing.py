"""From a version to a frozen file, on real paper: what is in it, and what stops it."""

import subprocess
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from advocacy.audit import AuditEntry
from advocacy.clock import day_in
from advocacy.db import Database
from advocacy.editions.actions import AnswersChanged
from advocacy.editions.contents import NoHeader, NoWitness
from advocacy.editions.models import Edition, HeldPrint
from advocacy.editions.printing import OtherText, gather
from advocacy.editions.queries import edition, held_print, is_void, pdf_of
from advocacy.letters import render
from advocacy.letters.actions import begin_letter, set_recipients
from advocacy.letters.content import Content, LetterContent, TestimonyContent
from advocacy.letters.models import LetterKind, LetterVersion
from advocacy.organisations.recording import record_organisation
from advocacy.people.actions import add_organisation
from advocacy.people.limits import Form
from advocacy.signons.consent import Choice
from tests import make
from tests.make import CHAIR, CHOSEN, COUNTED, DESCRIBED, FULL, LETTERHEAD, RANKING, Cast


def text_of(data: bytes, folder: Path) -> str:
    path = folder / "file.pdf"
    path.write_bytes(data)
    read = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    return " ".join(read.split())


def file_of(database: Database, made: Edition | None) -> bytes:
    with database.reading() as session:
        assert made is not None
        data = pdf_of(session, made)
    assert data is not None
    return data


def printed(database: Database, version: LetterVersion, cast: Cast, now: datetime) -> bytes:
    id = make.edition_of(make.printed(database, version, cast, now))
    with database.reading() as session:
        return file_of(database, edition(session, id))


def sign(database: Database, version: LetterVersion, now: datetime, **who: object) -> None:
    """Each of these people signs for the office in her way, beginning with whoever is named first."""
    cast = who.pop("cast")
    with database.transaction() as session:
        for name, choice in who.items():
            make.sign(session, version.letter_id, getattr(cast, name), now, choice)  # type: ignore[arg-type]


def test_a_letter_carries_offices_organisations_people_and_the_rest_as_a_number(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        house = add_organisation(session, public_name="Sample Valley House", state="CA", now=now)
        record_organisation(session, letter.id, house.id, authoriser="Val Fixture", by=cast.amara, now=now)
    sign(database, letter, now, cast=cast, wren=FULL, nguyen=FULL, ana=FULL, river=CHOSEN, dee=COUNTED)

    text = text_of(printed(database, letter, cast, now), tmp_path)

    for words in ("Sample Valley House (CA)", "Ana-Lucía Ejemplo", "Nguyễn Mẫu", "Wren Sample", "1 other"):
        assert words in text
    assert text.index("Ana-Lucía") < text.index("Nguyễn") < text.index("River") < text.index("Wren Sample")
    assert CHAIR.office in text
    assert "Val Fixture" not in text


def test_an_edition_is_what_was_printed_byte_for_byte(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, letter, now, cast=cast, wren=FULL)
    data = printed(database, letter, cast, now)

    with database.reading() as session:
        made = session.scalars(select(Edition)).one()
        assert made.pdf_sha256 == sha256(data).hexdigest()
        assert made.pdf is not None
        assert data[:200] not in made.pdf
        with pikepdf.open(BytesIO(data)) as pdf:
            assert made.pages == len(pdf.pages)
        assert "wren" not in made.file_name.lower()


def test_the_same_print_twice_is_one_edition(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, letter, now, cast=cast, wren=FULL)
    first, again = (make.edition_of(make.printed(database, letter, cast, now)) for _ in range(2))

    assert first == again


def test_the_second_edition_of_a_day_has_another_name_by_the_day_of_the_network(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    late = (now + timedelta(days=1)).replace(hour=3)
    sign(database, letter, now, cast=cast, wren=FULL, ana=FULL)
    make.printed(database, letter, cast, late)
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.ana, late)
    make.printed(database, letter, cast, late)

    with database.reading() as session:
        first, second = session.scalars(select(Edition.file_name).order_by(Edition.n))
    assert first != second
    assert day_in(make.ZONE, late).isoformat() in second
    assert late.date().isoformat() not in second


def test_an_older_text_is_not_printed_any_more(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, letter, now, cast=cast, wren=FULL)
    with database.transaction() as session:
        make.edit(
            session, cast, letter.letter_id, now=now + timedelta(hours=1), body="We ask for four things."
        )

    with pytest.raises(OtherText):
        make.printed(database, letter, cast, now + timedelta(hours=2))


def test_a_members_name_in_the_text_holds_the_print_back_and_drafters_read_no_name(
    database: Database, cast: Cast, now: datetime
) -> None:
    with database.transaction() as session:
        told = make.letter(session, cast, now=now, body="As Rivka Samplewater told us, homes matter.")
    done = make.printed(database, told, cast, now)

    assert done.edition_id is None
    assert "Samplewater" in " ".join(finding.detail for finding in done.report.findings)
    assert "Samplewater" not in done.report.for_drafters
    with database.reading() as session:
        held = held_print(session, told.id)
        assert held is not None
        assert b"Samplewater" not in held.findings
        assert session.scalars(select(Edition)).all() == []
        assert "Samplewater" not in " ".join(entry.why for entry in session.scalars(select(AuditEntry)))


def test_a_better_print_ends_the_wait(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(render, "pdf", make.leaking("Delia Placeholder"))
        assert make.printed(database, letter, cast, now).edition_id is None
    with database.reading() as session:
        assert held_print(session, letter.id) is not None

    make.edition_of(make.printed(database, letter, cast, now))
    with database.reading() as session:
        assert held_print(session, letter.id) is None
        assert session.scalars(select(HeldPrint.findings)).one() == b""


@pytest.mark.parametrize("change", ["withdraw", "sign", "narrow"])
def test_an_answer_changed_while_it_was_printed_stops_it(
    database: Database,
    letter: LetterVersion,
    cast: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    sign(database, letter, now, cast=cast, wren=FULL, river=CHOSEN)
    true = render.pdf

    def slowly(content: Content) -> bytes:
        with database.transaction() as session:
            if change == "withdraw":
                make.withdraw(session, letter.letter_id, cast.river, now)
            elif change == "sign":
                make.sign(session, letter.letter_id, cast.dee, now)
            else:
                make.sign(session, letter.letter_id, cast.wren, now, DESCRIBED)
        return true(content)

    monkeypatch.setattr(render, "pdf", slowly)
    with pytest.raises(AnswersChanged):
        make.printed(database, letter, cast, now)
    with database.reading() as session:
        assert session.scalars(select(Edition)).all() == []


def test_what_a_print_needs_comes_from_one_look(
    database: Database, letter: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, letter, now, cast=cast, wren=FULL, dee=COUNTED)
    with database.transaction() as session:
        taken = gather(session, letter.id, LETTERHEAD, by=cast.amara, now=now)

    assert taken.lines == ("Wren Sample",)
    assert isinstance(taken.content, LetterContent)
    assert taken.content.signatories.others == 1
    assert {"Delia Placeholder", "Dee", "Rivka Samplewater"} <= {name.text for name in taken.forbidden}
    assert "Wren Sample" not in {name.text for name in taken.forbidden}
    assert "Wren" not in repr(taken)


@pytest.fixture
def testimony(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    with database.transaction() as session:
        version = make.letter(
            session,
            cast,
            now=now,
            kind=LetterKind.TESTIMONY,
            title="Written testimony on HB 417",
            body="I ask for a favorable report.",
            spoken="Thank you, Chair.",
        )
        make.witness(session, version, cast.wren, cast, now)
    return version


def test_a_testimony_carries_its_witness_as_she_agreed(
    database: Database, testimony: LetterVersion, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    sign(database, testimony, now, cast=cast, wren=Choice(Form.FULL_NAME, credential=True))
    text = text_of(printed(database, testimony, cast, now), tmp_path)

    assert text.count("Wren Sample, LCSW") == 2
    for words in ("HB 417", "Committee on Samples", "February 11, 2027", "Room 3"):
        assert words in text
    with database.transaction() as session:
        content = gather(session, testimony.id, LETTERHEAD, by=cast.amara, now=now).content
        assert isinstance(content, TestimonyContent)
        assert content.spoken == "Thank you, Chair."


@pytest.mark.parametrize("answer", [None, COUNTED])
def test_a_testimony_without_a_witness_to_name_is_not_printed(
    database: Database, testimony: LetterVersion, cast: Cast, now: datetime, answer: Choice | None
) -> None:
    if answer is not None:
        sign(database, testimony, now, cast=cast, wren=answer)

    with pytest.raises(NoWitness):
        make.printed(database, testimony, cast, now)


def test_two_witnesses_are_one_too_many(
    database: Database, testimony: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, testimony, now, cast=cast, wren=FULL, ana=FULL)

    with pytest.raises(NoWitness):
        make.printed(database, testimony, cast, now)


def test_a_testimony_without_its_box_is_not_printed(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        begun = begin_letter(session, kind=LetterKind.TESTIMONY, by=cast.amara, now=now)
        set_recipients(session, begun.id, [CHAIR])
        version = make.edit(session, cast, begun.id, now=now, body="I ask for a favorable report.")
        make.sign(session, begun.id, cast.wren, now, FULL)

    with pytest.raises(NoHeader):
        make.printed(database, version, cast, now)


def test_a_testimony_is_void_when_its_witness_leaves(
    database: Database, testimony: LetterVersion, cast: Cast, now: datetime
) -> None:
    sign(database, testimony, now, cast=cast, wren=FULL)
    id = make.edition_of(make.printed(database, testimony, cast, now))
    with database.transaction() as session:
        make.withdraw(session, testimony.letter_id, cast.wren, now)
        made = edition(session, id)
        assert made is not None
        assert is_void(session, made, now)


def test_a_spanish_letter_is_spanish_to_the_last_line(
    database: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    with database.transaction() as session:
        version = make.letter(
            session,
            cast,
            now=now,
            language="es",
            title="Apoyo",
            body="Pedimos hogares.",
            offices=[CHAIR, RANKING],
        )
    sign(database, version, now, cast=cast, ana=Choice(Form.FULL_NAME, survivor=True), dee=COUNTED)
    text = text_of(printed(database, version, cast, now), tmp_path)

    assert "23 de noviembre de 2026" in text
    assert "Ana-Lucía Ejemplo, sobreviviente" in text
    assert " other" not in text
