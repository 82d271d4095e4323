"""Dee, River and Wren sign one letter; River changes her mind; the office still gets a true letter."""

import subprocess
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from advocacy.db import Database
from advocacy.editions.actions import EditionVoid, propose_delivery
from advocacy.editions.models import Way
from advocacy.editions.queries import edition, is_void, pdf_of, where_it_went
from advocacy.editions.sweeping import destroy_all_void
from advocacy.letters.models import LetterVersion
from advocacy.people.limits import Audience, Form
from advocacy.signons.consent import Choice
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import Cast

pytestmark = pytest.mark.both_databases

WREN = Choice(Form.FULL_NAME, survivor=True, credential=True, affiliation=True)
WRENS_LINE = "Wren Sample, survivor, LCSW, Sample House (for identification only)"


@pytest.fixture
def sign_ons(database: Database, cast: Cast, letter: LetterVersion, now: datetime) -> Mapping[str, UUID]:
    wanted = {"dee": make.COUNTED, "river": make.CHOSEN, "wren": WREN}
    with database.transaction() as session:
        make.ask_members(session, letter, cast, now)
        return {
            name: make.sign(session, letter.letter_id, getattr(cast, name), now, recipient=choice).id
            for name, choice in wanted.items()
        }


def text_of(database: Database, edition_id: UUID, tmp_path: Path) -> str:
    with database.reading() as session:
        frozen = edition(session, edition_id)
        assert frozen is not None
        data = pdf_of(session, frozen)
    assert data is not None
    path = tmp_path / "edition.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout


def test_each_is_printed_exactly_as_she_previewed_it(
    database: Database, cast: Cast, letter: LetterVersion, now: datetime, tmp_path: Path
) -> None:
    wanted = {cast.dee: make.COUNTED, cast.river: make.CHOSEN, cast.wren: WREN}
    seen: list[str | None] = []
    with database.transaction() as session:
        for person, choice in wanted.items():
            visit = make.come(session, letter.letter_id, person, now)
            seen.append(make.look(session, visit, make.wishes(choice), now).lines[Audience.RECIPIENT])
            make.sign(session, letter.letter_id, person, now, recipient=choice)
        shown = signers_for(session, letter.id, Audience.RECIPIENT, now)

    text = text_of(database, make.edition_of(make.printed(database, letter, cast, now)), tmp_path)

    assert seen == [None, "River", WRENS_LINE]
    assert [signer.line for signer in shown.individuals] == ["River", WRENS_LINE]
    assert shown.others == 1
    assert "River" in text
    assert WRENS_LINE in " ".join(text.split())
    assert "1 other" in text


def test_nobody_is_named_to_the_web_who_only_spoke_to_the_office(
    database: Database, letter: LetterVersion, sign_ons: Mapping[str, UUID], now: datetime
) -> None:
    with database.reading() as session:
        for audience in (Audience.WEB, Audience.PRESS, Audience.COUNT):
            shown = signers_for(session, letter.id, audience, now)
            assert (shown.individuals, shown.others) == ((), 3)


def test_a_withdrawn_name_is_not_printed(
    database: Database,
    cast: Cast,
    letter: LetterVersion,
    sign_ons: Mapping[str, UUID],
    now: datetime,
    tmp_path: Path,
) -> None:
    first = make.edition_of(make.printed(database, letter, cast, now))
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.river, now)

    with database.transaction() as session:
        old = edition(session, first)
        assert old is not None
        assert is_void(session, old, now)
        office = make.office_of(session, letter)
        with pytest.raises(EditionVoid):
            propose_delivery(session, first, office.id, Way.EMAIL, by=cast.amara, now=now)
    assert destroy_all_void(database, now) == 1

    second = make.edition_of(make.printed(database, letter, cast, now))
    text = text_of(database, second, tmp_path)
    with database.transaction() as session:
        make.hand_over(session, second, make.office_of(session, letter).id, cast, now)

    assert "River" not in text
    assert "Wren Sample" in text
    with database.reading() as session:
        gone = edition(session, first)
        assert gone is not None
        assert pdf_of(session, gone) is None
        assert where_it_went(session, letter.letter_id, sign_ons["river"]) == ()


def test_after_delivery_she_is_told_where_her_line_went(
    database: Database,
    cast: Cast,
    letter: LetterVersion,
    sign_ons: Mapping[str, UUID],
    now: datetime,
) -> None:
    frozen = make.edition_of(make.printed(database, letter, cast, now))
    with database.transaction() as session:
        office = make.office_of(session, letter)
        make.hand_over(session, frozen, office.id, cast, now, Way.IN_PERSON, "handed to the front desk")

    later = now + timedelta(days=1)
    with database.transaction() as session:
        make.withdraw(session, letter.letter_id, cast.river, later)
        went = where_it_went(session, letter.letter_id, sign_ons["river"])
        assert [(copy.office, copy.edition) for copy in went] == [(make.CHAIR.office, 1)]
        assert where_it_went(session, letter.letter_id, sign_ons["dee"]) == ()
        old = edition(session, frozen)
        assert old is not None
        assert is_void(session, old, later)
