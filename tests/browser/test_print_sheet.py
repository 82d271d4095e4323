"""What comes out of a printer when somebody prints a page of the door: what it says, and nothing around."""

import subprocess
from pathlib import Path

import pytest

from tests import make
from tests.browser import door_steps as door
from tests.browser.conftest import Called
from tests.browser.door_steps import Wish
from tests.browser.somebody import Somebody
from tests.browser.town import Town

pytestmark = pytest.mark.browser
WREN = "wrensample"
_AROUND = (
    "Leave this page",
    "Español",
    "Shift",
    "http",
    "localhost",
    "/s",
    "Stop emails",
)


@pytest.fixture(autouse=True)
def _asked(town: Town) -> None:
    with town.database.transaction() as session:
        people = make.cast(session, town.now)
        version = make.letter(session, people, now=town.now, offices=(make.CHAIR,))
        make.ask_members(session, version, people, town.now)
    town.send_mail()


def printed(member: Somebody, folder: Path) -> str:
    """The words on the sheets, read back from what the printer would get."""
    sheet = folder / "sheet.pdf"
    member.page.pdf(path=sheet)
    read = subprocess.run(["pdftotext", sheet, "-"], check=True, capture_output=True, text=True)
    return " ".join(read.stdout.split())


def test_no_sheet_tells_more_than_she_printed(somebody: Called, tmp_path: Path) -> None:
    wren = somebody(width=360)
    door.by_link(wren, WREN)
    first = printed(wren, tmp_path)
    door.sign(wren, Wish("full_name", "initials"))
    signed = printed(wren, tmp_path)
    wren.press("My receipt")
    receipt = printed(wren, tmp_path)

    for sheet in (first, signed, receipt):
        assert sheet.startswith("Welcome")
        assert [word for word in _AROUND if word in sheet] == []
    assert [word for word in ("Wren", "Take my name off") if word in first + signed] == []
    assert "Wren Sample" in receipt
    assert "Open any link we sent you" in receipt
