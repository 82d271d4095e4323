"""The organisations' door: what each key shows, and that only the authoriser's own can sign."""

import pytest
from bs4 import BeautifulSoup

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from advocacy.organisations.links import Purpose
from advocacy.organisations.models import Proof
from advocacy.organisations.queries import organisations_on
from advocacy.organisations.recording import refuse, verify
from advocacy.people.limits import Audience
from advocacy.signons.queries import signers_for
from tests import make
from tests.make import FULL, Cast
from tests.page import Reviewed
from tests.web.organisation.conftest import LINE, NAME, YES, Desk, fill, sign
from tests.web.signer.phone import Phone


def test_the_first_page_is_the_same_for_everybody(client: Reviewed, desk: Desk) -> None:
    first, second = client.get("/o"), client.get("/o/")

    assert first.data == second.data
    assert "Set-Cookie" not in first.headers
    assert "Support" not in first.text


def test_unknown_mangled_and_ended_keys_get_one_same_page(client: Reviewed, desk: Desk) -> None:
    key = desk.key(Purpose.READ)
    desk.clock.forward(days=41)
    answers = [client.post("/o", data={"key": said}) for said in ("", "x", "é", key, key[:-1])]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1


def test_a_whole_link_can_be_pasted(client: Reviewed, desk: Desk) -> None:
    link = f"http://127.0.0.1/o#{desk.key()}"

    assert "has not signed yet" in client.post("/o", data={"key": link}).text


def test_looking_writes_nothing(client: Reviewed, desk: Desk) -> None:
    keys = [desk.key(purpose) for purpose in Purpose]
    before = desk.rows()
    client.get("/o")
    for key in keys:
        client.post("/o", data={"key": key})
        client.post("/o/look", data={"key": key, **YES})
        client.post("/o/off", data={"key": key})

    assert desk.rows() == before


# ---- a link that only reads


def test_a_read_only_link_shows_the_letter_and_has_no_form_at_all(desk: Desk) -> None:
    phone = desk.come(Purpose.READ)

    assert "We ask for three things." in phone.words
    assert "The Honorable Sample Chair" in phone.words
    assert "This link can only be read." in phone.words
    assert phone.soup.find_all(["form", "button", "input"]) == []


@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.CONTACT])
@pytest.mark.parametrize("path", ["/o/look", "/o/sign", "/o/board", "/o/off", "/o/logo"])
def test_a_link_to_read_or_pass_on_opens_nothing_that_signs_or_revokes(
    client: Reviewed, desk: Desk, purpose: Purpose, path: str
) -> None:
    sign(desk.come(), approval="board", board_on="2026-11-23")
    everything = {**YES, "authorised": "yes", "answer": "yes", "board": "yes", "text": desk.letter.sha256}
    key = desk.key(purpose)
    before = desk.rows()
    answer = client.post(path, data={"key": key, **everything})

    assert answer.status_code == 404
    assert desk.rows() == before


@pytest.mark.parametrize("path", ["/o/share", "/o/authoriser"])
def test_a_read_only_link_cannot_even_make_another(client: Reviewed, desk: Desk, path: str) -> None:
    key = desk.key(Purpose.READ)
    before = desk.rows()

    answer = client.post(path, data={"key": key, "authoriser": "V", "title": "d", "email": "v@v.example"})
    assert answer.status_code == 404
    assert desk.rows() == before


def test_a_link_for_board_and_counsel_can_be_made_and_only_reads(client: Reviewed, desk: Desk) -> None:
    phone = desk.come().press("Make a link for our board")
    link = next(str(a["href"]) for a in phone.soup.find_all("a", href=True) if "/o#" in str(a["href"]))
    read = client.post("/o", data={"key": link})

    assert "This link can only be read." in read.text
    assert BeautifulSoup(read.text, "html.parser").find_all("form") == []


# ---- send it to my authoriser


def test_a_contact_sends_it_to_who_may_sign_and_signs_nothing(desk: Desk) -> None:
    phone = desk.come(Purpose.CONTACT)
    before = phone.buttons
    phone.press("Send it", authoriser="Tex Muster", title="chair", email="tex@samplevalley.example")

    assert "Sign" not in " ".join(before)
    assert "We have written to the person you named." in phone.words
    assert desk.signed() == []


def test_keys_of_whoever_was_named_before_end(client: Reviewed, desk: Desk) -> None:
    old = desk.key()
    phone = desk.come(Purpose.CONTACT)
    phone.press("Send it", authoriser="Tex Muster", title="chair", email="tex@samplevalley.example")

    assert client.post("/o", data={"key": old}).status_code == 404


def test_what_is_missing_is_said_beside_the_field_and_the_rest_kept(desk: Desk) -> None:
    phone = desk.come(Purpose.CONTACT).press(
        "Send it", 422, authoriser="Tex Muster", title="", email="not an address"
    )

    assert "Please give the title of that person." in phone.words
    assert "This is not an email address." in phone.words
    assert phone.soup.find("input", attrs={"name": "authoriser", "value": "Tex Muster"})


def test_after_an_answer_a_contact_cannot_name_somebody_else(desk: Desk) -> None:
    phone = desk.come(Purpose.CONTACT)
    sign(desk.come())
    phone.press("Send it", 422, authoriser="Tex Muster", title="chair", email="tex@samplevalley.example")

    assert "Your organisation has answered already." in phone.words


# ---- the authoriser


def test_she_sees_the_exact_line_before_she_signs_and_nothing_is_signed_by_looking(desk: Desk) -> None:
    phone = fill(desk.come(), YES)

    assert LINE in phone.words
    assert phone.ticked == []
    assert desk.signed() == []


def test_a_bare_press_signs_nothing(desk: Desk) -> None:
    phone = fill(desk.come(), YES).press("Sign for the organisation", 422)

    assert "Please tick this only if you are authorised." in phone.words
    assert desk.signed() == []


def test_she_signs_and_it_waits_to_be_checked(desk: Desk) -> None:
    phone = sign(desk.come())

    assert "Nothing is printed until then." in phone.words
    assert LINE in phone.words
    (signed,) = desk.signed()
    assert (signed.verified_on, signed.text_sha256) == (None, desk.letter.sha256)


def test_once_checked_her_page_says_that_it_stands(desk: Desk, cast: Cast) -> None:
    sign(desk.come())
    with desk.database.transaction() as session:
        verify(session, desk.signed()[0].id, Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=desk.clock())
        shown = signers_for(session, desk.letter.id, Audience.RECIPIENT, desk.clock())

    assert [one.line for one in shown.organisations] == [LINE]
    assert "Your organisation stands on the letter." in desk.come().words


def test_where_it_was_refused_her_page_says_so_without_a_reason(desk: Desk, cast: Cast) -> None:
    sign(desk.come())
    with desk.database.transaction() as session:
        refuse(session, desk.signed()[0].id, by=cast.jo, now=desk.clock())

    assert "so it is left off" in desk.come().words


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"public_name": ""}, "Please give the name it goes by in public."),
        ({"public_name": "A\u202eB"}, "hidden character"),
        ({"public_name": "A" * 201}, "longer than 200"),
        ({"public_name": "\U00012000 House"}, "cannot print all the letters"),
        ({"level": ""}, "Please choose its level."),
        ({"level": "galactic"}, "Please choose its level."),
        ({"state": ""}, "Please choose its state."),
        ({"state": "ZZ"}, "Please choose its state."),
        ({"title": ""}, "Please give the title of that person."),
        ({"approval": ""}, "Please choose one."),
        ({"approval": "board", "board_on": ""}, "a day that is still to come"),
        ({"approval": "board", "board_on": "2026-11-22"}, "a day that is still to come"),
        ({"approval": "board", "board_on": "tomorrow"}, "a day that is still to come"),
        ({"approval": "board", "board_on": "2099-01-01"}, "a day that is still to come"),
    ],
)
def test_a_fault_is_said_and_nothing_lost(desk: Desk, changed: dict[str, str], told: str) -> None:
    phone = fill(desk.come(), {**YES, **changed}, 422)

    assert told in phone.words
    kept = "authoriser" if "authoriser" not in changed else "title"
    assert phone.soup.find("input", attrs={"name": kept, "value": YES[kept]})
    assert desk.signed() == []


def test_hostile_words_stay_words(desk: Desk) -> None:
    phone = sign(desk.come(), public_name="<script>alert(1)</script>", authoriser="'; DROP TABLE letter")

    assert "<script>alert(1)</script> (CA)" in phone.words


def test_words_that_changed_meanwhile_are_not_signed(desk: Desk, cast: Cast) -> None:
    phone = fill(desk.come(), YES)
    with desk.database.transaction() as session:
        make.edit(session, cast, desk.letter.letter_id, now=desk.clock(), body="Other words.")
    phone.press("Sign for the organisation", 422, authorised="yes")

    assert "The letter changed while you were here. Nothing was signed." in phone.words
    assert "Other words." in phone.words
    assert desk.signed() == []


def test_after_a_change_of_text_she_is_asked_again(desk: Desk, cast: Cast) -> None:
    sign(desk.come())
    with desk.database.transaction() as session:
        make.edit(session, cast, desk.letter.letter_id, now=desk.clock(), body="Other words.")
    phone = desk.come()

    assert "Your yes was to the words before" in phone.words
    sign(phone)
    assert len(desk.signed()) == 2


def test_a_closed_letter_cannot_be_signed(desk: Desk) -> None:
    looked = fill(desk.come(), YES)
    desk.clock.forward(days=11)
    looked.press("Sign for the organisation", 422, authorised="yes")

    assert "not open for signing now" in looked.words
    assert "Sign for your organisation" not in desk.come().words
    assert desk.signed() == []


# ---- the board


def test_it_is_pending_until_the_board_and_an_explicit_press(desk: Desk) -> None:
    phone = sign(desk.come(), approval="board", board_on="2026-11-25")
    early = desk.come().press("Tell us", 422, board="yes").words
    desk.clock.forward(days=2)
    bare = desk.come().press("Tell us", 422).words
    phone = desk.come().press("Tell us", board="yes")

    assert "The day you gave has not come yet." in early
    assert "Please choose one. Nothing was changed." in bare
    assert "We check now" in phone.words


def test_the_board_may_decide_on_another_day(desk: Desk) -> None:
    sign(desk.come(), approval="board", board_on="2026-11-25")
    key = desk.key()
    later = {"key": key, "board": "later", "board_on": "2026-12-01"}
    moved = desk.client.post("/o/board", data=later).text
    past = desk.client.post("/o/board", data={**later, "board_on": "2020-01-01"})

    assert "It waits for your board, on 1 December 2026." in moved
    assert (past.status_code, "still to come" in past.text) == (422, True)


# ---- taking it off


def test_she_takes_it_off_by_an_explicit_yes_and_hears_the_truth(desk: Desk) -> None:
    sign(desk.come())
    phone = desk.come().press("Take us off")
    bare = phone.press("Go on", 422).words
    kept = Phone(desk.client, key=desk.key())
    phone.press("Go on", answer="yes")

    assert "Please choose one. Nothing was changed." in bare
    assert "Done. Your organisation is off the letter." in phone.words
    assert "No copy with your name has left our office." in phone.words
    assert desk.signed()[0].revoked_on is not None
    kept.see(desk.client.post("/o", data={"key": kept.key}))
    assert "Your organisation is off the letter." in kept.words


def test_no_leaves_it(desk: Desk) -> None:
    sign(desk.come())
    phone = desk.come().press("Take us off").press("Go on", answer="no")

    assert desk.signed()[0].revoked_on is None
    assert LINE in phone.words


def test_a_copy_that_left_is_told_with_its_office_and_day(desk: Desk, cast: Cast) -> None:
    sign(desk.come())
    with desk.database.transaction() as session:
        verify(session, desk.signed()[0].id, Proof.WORK_ADDRESS, voucher=None, by=cast.jo, now=desk.clock())
        frozen = make.frozen(session, desk.letter, cast, desk.clock())
        to = make.office_of(session, desk.letter).id
        make.hand_over(session, frozen.id, to, cast, desk.clock(), way="portal", receipt="R-1")  # type: ignore[arg-type]
    phone = desk.come().press("Take us off").press("Go on", answer="yes")

    assert "The Honorable Sample Chair, on 23 November 2026" in phone.words
    assert "It is off our public page from now on." in phone.words


# ---- what no page of this door says


def test_no_page_here_says_who_signed_or_how_many(desk: Desk, cast: Cast) -> None:
    with desk.database.transaction() as session:
        make.sign(session, desk.letter.letter_id, cast.wren, desk.clock(), FULL, FULL, FULL)
        make.sign(session, desk.letter.letter_id, cast.dee, desk.clock())
    pages = [desk.come(purpose).answer.text for purpose in Purpose]
    pages.append(sign(desk.come()).answer.text)

    for text in pages:
        assert not [name for name in ("Wren", "Delia", "Dee ", "others", "Amara") if name in text]


def test_the_door_speaks_spanish(desk: Desk) -> None:
    phone = desk.come().press("Español")

    assert "Su organización todavía no ha firmado." in phone.words
    assert phone.soup.html is not None
    assert phone.soup.html["lang"] == "es"
    fill_es = phone.button("Mostrar cómo se imprimirá").find_parent("form")
    assert fill_es is not None
    phone.see(phone.client.post("/o/look", data={**phone.fields(fill_es), **YES}))
    assert "Firmar por la organización" in phone.buttons


def test_the_office_list_never_shows_the_authoriser(
    desk: Desk, database: Database, letter: LetterVersion
) -> None:
    sign(desk.come())
    with database.reading() as session:
        (line,) = organisations_on(session, letter.letter_id)

    assert NAME in line.line
    assert "Placeholder" not in repr(line)
