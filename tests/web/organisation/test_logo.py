"""A logo's way: given at the organisations' door, looked at in the office, seen on the public page."""

from io import BytesIO

import pytest
from bs4 import Tag

from advocacy.editions.models import Way
from advocacy.organisations.models import Proof
from advocacy.organisations.recording import verify
from tests import make
from tests.make import Cast
from tests.organisations.test_logos import WORDS, picture
from tests.page import Reader
from tests.web.office.papers import at, sit
from tests.web.organisation.conftest import LINE, Desk, sign
from tests.web.signer.phone import Phone


def give(phone: Phone, image: bytes, words: str = WORDS, status: int = 200) -> Phone:
    """Choose a picture, say what it shows, and press the button."""
    sent = {"key": phone.key, "words": words, "picture": (BytesIO(image), "logo.png")}
    return phone.see(phone.client.post("/o/logo", data=sent, content_type="multipart/form-data"), status)


def shown(reader: Reader, path: str) -> list[Tag]:
    return [image for image in reader.get(path).soup.select("img.logo") if isinstance(image, Tag)]


def test_it_is_public_only_after_somebody_looked_at_it_and_goes_with_one_press(
    desk: Desk, reader: Reader, cast: Cast
) -> None:
    phone = sign(desk.come())
    with desk.database.transaction() as session:
        verify(session, desk.signed()[0].id, Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=desk.clock())
        frozen = make.frozen(session, desk.letter, cast, desk.clock())
        office = make.office_of(session, desk.letter)
        make.hand_over(session, frozen.id, office.id, cast, desk.clock(), Way.PORTAL, receipt="R-1")
    give(phone, picture())
    public = f"/letters/{desk.letter.letter_id}"
    assert "We have your logo" in phone.words
    assert LINE in reader.get(public).words
    assert shown(reader, public) == []

    sit(reader, cast.amara)
    page = reader.get(at(desk.letter, "/organisations"))
    assert "It is shown nowhere yet." in page.words
    (show,) = [action for _, action in page.forms() if action.endswith("/logo")]
    reader.post(show)
    (image,) = shown(reader, public)
    assert (image["alt"], str(image["src"]).partition(",")[0]) == (WORDS, "data:image/png;base64")

    desk.come().press("Remove the logo")
    assert shown(reader, public) == []


@pytest.mark.parametrize(
    ("image", "words", "told"),
    [
        (b"no picture", WORDS, "This is not a PNG or JPEG picture"),
        (b"x" * 200_001, WORDS, "This picture is too big."),
        (picture(), " ", "Please say in words what the picture says or shows."),
        (picture(), "A\u202eB", "hidden character"),
    ],
)
def test_a_fault_is_said_and_nothing_is_kept(desk: Desk, image: bytes, words: str, told: str) -> None:
    phone = give(sign(desk.come()), image, words, 422)

    assert told in phone.words
    assert desk.rows()["organisation_logo"] == []
    assert phone.soup.find("input", attrs={"name": "words", "value": words.strip()})


def test_nothing_can_be_given_before_a_yes(desk: Desk) -> None:
    phone = give(desk.come(), picture())

    assert "Your organisation has not signed yet." in phone.words
    assert desk.rows()["organisation_logo"] == []
