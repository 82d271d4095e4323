"""Pictures of organisations: drawn anew, told in words, and seen by nobody until somebody here looked."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlalchemy.orm import Session

from advocacy.letters.models import LetterVersion
from advocacy.organisations.asking import Described, NotTheirs
from advocacy.organisations.links import Guest, Purpose
from advocacy.organisations.logos import (
    Logo,
    NotAPicture,
    TooBig,
    check_logo,
    logo_of,
    logos_shown,
    put_logo,
    redraw,
    remove_logo,
)
from advocacy.organisations.models import OrganisationLogo, OrganisationSignOn, Proof
from advocacy.organisations.recording import revoke_organisation, verify
from tests import make
from tests.make import Cast
from tests.organisations.conftest import asked, holding, yes_of

LINE = "Sample Valley Housing Collective (CA)"
WORDS = "Logo of the collective: a house with a tree"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), note: str = "") -> bytes:
    """A green picture, with something written beside its dots."""
    out, beside = BytesIO(), PngInfo()
    beside.add_text("Author", note)
    more = {"pnginfo": beside} if kind == "PNG" else {"comment": note.encode()}
    Image.new("RGB", size, (0, 120, 60)).save(out, kind, **more)
    return out.getvalue()


PICTURE = redraw(picture())


@pytest.fixture
def guest(session: Session, letter: LetterVersion, cast: Cast, now: datetime) -> Guest:
    """An organisation that stands on a letter."""
    guest = asked(session, letter, cast, now)
    signed = yes_of(session, guest, now)
    verify(session, signed.id, Proof.WORK_ADDRESS, voucher=None, by=cast.amara, now=now)
    return guest


def signed_by(session: Session, guest: Guest) -> OrganisationSignOn:
    return session.query(OrganisationSignOn).filter_by(ask_id=guest.ask_id).one()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_nothing_but_the_dots_is_kept(kind: str) -> None:
    given = picture(kind, (960, 480), note="Val Placeholder")
    drawn = redraw(given)

    assert b"Val Placeholder" in given
    assert b"Val Placeholder" not in drawn
    with Image.open(BytesIO(drawn)) as opened:
        assert (opened.format, opened.size, opened.info) == ("PNG", (480, 240), {})
        assert opened.getpixel((200, 100))[1] >= 110  # type: ignore[index]


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture()[:30],
        picture("GIF"),
        b"%PDF-1.7",
        b"\x89PNG",
    ],
)
def test_what_is_no_picture_is_refused(given: bytes) -> None:
    with pytest.raises(NotAPicture):
        redraw(given)


def test_what_is_too_big_is_refused() -> None:
    for given in (b"x" * 200_001, picture(size=(4001, 2))):
        with pytest.raises(TooBig):
            redraw(given)


def test_a_logo_is_seen_by_nobody_until_somebody_looked_at_it(
    session: Session, letter: LetterVersion, cast: Cast, guest: Guest, now: datetime
) -> None:
    for _ in range(2):
        put_logo(session, guest, PICTURE, WORDS)
    assert logos_shown(session, letter) == {}

    check_logo(session, signed_by(session, guest).id, by=cast.amara, now=now)
    put_logo(session, guest, PICTURE, WORDS)
    assert logos_shown(session, letter) == {LINE: Logo(PICTURE, WORDS, is_checked=True)}


def test_another_picture_is_looked_at_again(
    session: Session, letter: LetterVersion, cast: Cast, guest: Guest, now: datetime
) -> None:
    put_logo(session, guest, PICTURE, WORDS)
    check_logo(session, signed_by(session, guest).id, by=cast.amara, now=now)
    put_logo(session, guest, redraw(picture(size=(8, 8))), WORDS)

    assert logos_shown(session, letter) == {}


def test_it_goes_when_it_is_removed_and_when_the_organisation_comes_off(
    session: Session, letter: LetterVersion, cast: Cast, guest: Guest, now: datetime
) -> None:
    put_logo(session, guest, PICTURE, WORDS)
    for _ in range(2):
        remove_logo(session, guest)
    assert session.query(OrganisationLogo).count() == 0

    put_logo(session, guest, PICTURE, WORDS)
    revoke_organisation(session, signed_by(session, guest).id, by=None, now=now)
    assert session.query(OrganisationLogo).count() == 0
    put_logo(session, guest, PICTURE, WORDS)
    assert session.query(OrganisationLogo).count() == 0


@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.CONTACT])
def test_no_other_link_can_give_or_remove_one(
    session: Session, guest: Guest, now: datetime, purpose: Purpose
) -> None:
    put_logo(session, guest, PICTURE, WORDS)
    other = holding(session, guest.ask_id, purpose, now)
    with pytest.raises(NotTheirs):
        put_logo(session, other, PICTURE, "Other words")
    with pytest.raises(NotTheirs):
        remove_logo(session, other)

    assert session.query(OrganisationLogo).one().words == WORDS


def test_it_goes_along_to_the_next_text_and_waits_after_another_name(
    session: Session, letter: LetterVersion, cast: Cast, guest: Guest, now: datetime
) -> None:
    put_logo(session, guest, PICTURE, WORDS)
    check_logo(session, signed_by(session, guest).id, by=cast.amara, now=now)
    newer = make.edit(session, cast, letter.letter_id, now=now, body="We ask for four other things.")
    again = yes_of(session, guest, now)
    assert logos_shown(session, newer) == {LINE: Logo(PICTURE, WORDS, is_checked=True)}

    yes_of(session, guest, now, described=Described("Another Example Name", "state", "CA"))
    verify(session, again.id, Proof.WORK_ADDRESS, voucher=None, by=cast.amara, now=now)
    assert logo_of(session, again.id) == Logo(PICTURE, WORDS, is_checked=False)
    assert logos_shown(session, newer) == {}
