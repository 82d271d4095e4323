"""Mailboxes that are not safe: how each mail mode writes, what a watched link opens, two in one mailbox."""

from uuid import UUID

import pytest
from flask import Flask

from advocacy.config import Config
from advocacy.people.limits import Preset
from advocacy.people.models import Language, MailMode
from advocacy.signons.lost import make_own_link
from tests.mailbox import Mail, post
from tests.make import FULL, ask_members, person, sign
from tests.web.signer.conftest import Build, House
from tests.web.signer.phone import Phone

TELLING = (
    "traffick",
    "surviv",
    "bill",
    "h.r.",
    "letter",
    "sign",
    "network",
    "campaign",
    "name",
    "vote",
    "law",
)


def joins(
    house: House,
    name: str,
    *,
    mail_mode: MailMode = MailMode.FULL,
    word: str = "",
    email: str = "",
    language: Language = Language.ENGLISH,
) -> UUID:
    """Somebody more on the roster, who is asked as all the others."""
    with house.database.transaction() as session:
        found = person(
            session,
            name,
            now=house.now,
            email=email,
            limits=Preset.PUBLIC_ADVOCATE,
            mail_mode=mail_mode,
            recognition_word=word,
            language=language,
        )
        ask_members(session, house.version, house.cast, house.now)
    return found.id


def mails_to(house: House, config: Config, address: str) -> list[Mail]:
    return [mail for mail in post(config, house.database, house.now) if mail.to == address]


# ---- how each mode writes


def test_a_full_mail_carries_her_word_so_that_she_knows_it_is_us(house: House, config: Config) -> None:
    joins(house, "Quill Sample", word="blue teapot")

    [mail] = mails_to(house, config, "quillsample@members.example")

    assert "Your word: blue teapot" in mail.body


@pytest.mark.parametrize("mail_mode", [MailMode.DISCREET, MailMode.WATCHED])
@pytest.mark.parametrize("language", list(Language))
def test_every_discreet_mail_has_the_same_few_words_whatever_it_is_about(
    house: House, config: Config, mail_mode: MailMode, language: Language
) -> None:
    joins(house, "Quill Sample", mail_mode=mail_mode, word="blue teapot", language=language)
    house.client.post("/s/lost", data={"email": "quillsample@members.example"})

    invitation, own_link = mails_to(house, config, "quillsample@members.example")

    assert (invitation.subject, invitation.bare) == (own_link.subject, own_link.bare)
    assert invitation.body.count("://") == 1
    assert not [word for word in (*TELLING, "teapot", "quill") if word in invitation.bare.lower()]
    assert len(invitation.bare.split()) < 25


def test_no_mode_tells_anything_in_subject_or_body(house: House, config: Config) -> None:
    for mail_mode in (MailMode.FULL, MailMode.DISCREET, MailMode.WATCHED):
        for language in Language:
            joins(house, f"Quill {mail_mode} {language}", mail_mode=mail_mode, language=language)
    house.client.post("/s/lost", data={"email": "wrensample@members.example"})

    for mail in post(config, house.database, house.now):
        told = f"{mail.subject} {mail.bare}".lower()
        assert not [word for word in (*TELLING, "quill", "wren") if word in told], told


def test_whoever_wants_no_mail_gets_none_of_any_kind(house: House, config: Config) -> None:
    joins(house, "Quill Sample", mail_mode=MailMode.NONE)
    house.client.post("/s/lost", data={"email": "quillsample@members.example"})

    assert mails_to(house, config, "quillsample@members.example") == []


# ---- somebody may read my mail: route by route


def acts(app: Flask) -> list[str]:
    """Everything that can be sent to the door, but what works by a key of another kind or by none."""
    found = {rule.rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    return sorted(path for path in found if path.startswith("/s/") and path != "/s/lost")


def test_with_the_link_alone_nothing_works_but_taking_off(house: House, app: Flask) -> None:
    quill = joins(house, "Quill Sample", mail_mode=MailMode.WATCHED, word="blue teapot")
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, quill, house.now, FULL)
        own, _ = make_own_link(session, quill, house.now)
    everything = {"answer": "yes", "agree": "yes", "way": "count", "step": "show", "proof": "9999999999.abc"}
    letter = str(house.invitation(quill).id)
    ways = (
        {"key": house.key(quill)},
        {"key": own},
        {"key": own, "letter": letter},
        {"code": house.code(quill)},
    )
    before = house.rows()

    opened = {
        (path, tuple(way))
        for path in acts(app)
        for way in ways
        if path not in ("/s/withdraw", "/s/off")
        and "Type your word"
        not in house.client.post(path, data={**everything, **way}).text.replace("type", "Type")
        and house.client.post(path, data={**everything, **way}).status_code != 404
    }

    assert len(acts(app)) > 6
    assert opened == set()
    assert house.rows() == before
    house.client.post("/s/withdraw", data={**everything, **ways[0]})
    assert house.consents() == []


# ---- two people, one mailbox


SHARED = "both@members.example"


@pytest.fixture
def two(house: House, config: Config) -> tuple[UUID, UUID]:
    """Quill and Fern read one mailbox. Each has a word of her own."""
    return (
        joins(house, "Quill Sample", word="blue teapot", email=SHARED),
        joins(house, "Fern Sample", word="red kettle", email=SHARED),
    )


def test_each_gets_her_own_key_and_code_and_no_mail_names_anybody(
    house: House, config: Config, two: tuple[UUID, UUID]
) -> None:
    mails = mails_to(house, config, SHARED)

    assert len({mail.key for mail in mails}) == len({mail.code for mail in mails}) == 2
    for mail in mails:
        assert not [
            word for word in ("quill", "fern", "sample", "teapot", "kettle") if word in mail.bare.lower()
        ]
    assert sorted(mail.body.split("begins with ")[1][0] for mail in mails) == ["B", "R"]


def test_of_a_short_word_not_even_the_first_letter_is_told(house: House, config: Config) -> None:
    joins(house, "Quill Sample", word="sun", email=SHARED)
    joins(house, "Fern Sample", word="sky", email=SHARED)

    assert all("begins with" not in mail.body for mail in mails_to(house, config, SHARED))


def test_the_word_tells_them_apart_before_any_letter_is_shown(
    house: House, config: Config, two: tuple[UUID, UUID]
) -> None:
    blue, red = sorted(mails_to(house, config, SHARED), key=lambda mail: "with R" in mail.body)
    phone = Phone(house.client, key=red.key).open()
    assert "More than one person reads this mailbox." in phone.words
    assert "1144" not in phone.words

    phone.press("Go on", 422, word="blue teapot")
    assert "If it does not fit, try the other message." in phone.words

    phone.press("Go on", word="red kettle").read().press("Count me, no name").press("Sign", agree="yes")
    assert phone.state == "Thank you. You have signed."
    assert len({consent.sign_on_id for consent in house.consents()}) == 1
    assert Phone(house.client, key=blue.key).open().press("Go on", word="blue teapot").state == (
        "You have not signed yet."
    )


def test_a_new_link_comes_for_each_of_them_and_opens_her_own_page_alone(
    house: House, config: Config, two: tuple[UUID, UUID]
) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, two[0], house.now, FULL)
    house.client.post("/s/lost", data={"email": SHARED})

    own = [mail for mail in mails_to(house, config, SHARED) if mail.subject == "Your new link"]
    assert len(own) == 2
    for mail in own:
        word, hers = ("blue teapot", True) if "with B" in mail.body else ("red kettle", False)
        phone = Phone(house.client, key=mail.key).open()
        shown = phone.press("Go on", word=word).press("Show me what I said").words
        assert ("Quill Sample" in shown) is hers
        assert "Fern Sample" not in shown


def test_one_of_them_can_still_take_her_name_off_without_a_word(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.transaction() as session:
        sign(session, house.version.letter_id, two[0], house.now, FULL)

    phone = house.phone(two[0]).press("Take my name off").press("Go on", answer="yes")

    assert phone.state == "Done. If a name was on a letter, it is off now."
    assert house.consents() == []


def test_whoever_shares_a_mailbox_and_has_no_word_is_let_in_by_her_link(build: Build, config: Config) -> None:
    house = build()
    joins(house, "Quill Sample", word="blue teapot", email=SHARED)
    fern = joins(house, "Fern Sample", email=SHARED)

    assert house.phone(fern).state == "You have not signed yet."


def test_whoever_has_a_mailbox_alone_is_not_asked_for_her_word(house: House) -> None:
    quill = joins(house, "Quill Sample", word="blue teapot")

    assert house.phone(quill).state == "You have not signed yet."
