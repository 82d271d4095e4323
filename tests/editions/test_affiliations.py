"""Where somebody works is printed only at her own tick, for that audience, and never as a signing house."""

import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from advocacy.db import Database
from advocacy.editions.models import Way
from advocacy.editions.public import public_letter
from advocacy.editions.queries import edition, pdf_of
from advocacy.letters.models import LetterVersion
from advocacy.people.limits import Audience, Form
from advocacy.signons.consent import Choice
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import FULL, ZONE, Cast

TICKED = Choice(Form.FULL_NAME, affiliation=True)
HOUSE = "Sample House"
SAID = f"Wren Sample, {HOUSE} (for identification only)"


@pytest.mark.parametrize(
    ("on_paper", "web", "press"),
    [(FULL, FULL, FULL), (TICKED, FULL, FULL), (FULL, TICKED, FULL), (FULL, FULL, TICKED)],
)
def test_an_affiliation_stands_only_where_she_ticked_it_and_is_no_organisation(
    database: Database,
    letter: LetterVersion,
    cast: Cast,
    now: datetime,
    tmp_path: Path,
    on_paper: Choice,
    web: Choice,
    press: Choice,
) -> None:
    with database.transaction() as session:
        make.sign(session, letter.letter_id, cast.wren, now, on_paper, web, press)
    id = make.edition_of(make.printed(database, letter, cast, now))
    with database.transaction() as session:
        (tmp_path / "letter.pdf").write_bytes(pdf_of(session, edition(session, id)) or b"")
        office = make.office_of(session, letter)
        make.hand_over(session, id, office.id, cast, now, Way.PORTAL, receipt="R-1")
        public = public_letter(session, letter.letter_id, now, ZONE)
        told = signers_for(session, letter.id, Audience.PRESS, now)
    read = subprocess.run(["pdftotext", tmp_path / "letter.pdf", "-"], capture_output=True, text=True)
    paper = " ".join(read.stdout.split())

    assert public is not None
    lines = {
        "paper": paper,
        "web": " ".join(public.individuals),
        "press": " ".join(signer.line for signer in told.individuals),
    }
    wanted = {"paper": on_paper, "web": web, "press": press}
    assert {place: SAID in line for place, line in lines.items()} == {
        place: choice.affiliation for place, choice in wanted.items()
    }
    assert {place for place, line in lines.items() if HOUSE in line} == {
        place for place, choice in wanted.items() if choice.affiliation
    }
    assert (public.organisations, told.organisations) == ((), ())
