"""The rarer pages of both doors, each opened as its button would: nobody is kept out, and each fits."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from advocacy.demo import scene
from advocacy.letters.actions import approve, set_recipients, write_version
from advocacy.letters.queries import latest_version
from advocacy.organisations.asking import Described, ask_organisation
from advocacy.organisations.links import Purpose, make_link
from advocacy.organisations.open_pages import open_the_page
from advocacy.people.limits import Preset
from advocacy.people.models import MailMode
from advocacy.signons.lost import make_own_link
from advocacy.web.signer.tongues import tongue
from tests import make
from tests.browser.conftest import Called
from tests.browser.somebody import Somebody
from tests.browser.town import Town
from tests.make import CHAIR, CHOSEN, FULL, POSTING, RANKING, person
from tests.web.signer.conftest import House

pytestmark = pytest.mark.browser
NARROW_AND_DARK, WIDE_AND_LIGHT = (320, "dark"), (1280, "light")
_SEND = """([path, fields]) => {
  const form = Object.assign(document.createElement('form'), {method: 'post', action: path});
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}));
  document.body.append(form);
  form.submit();
}"""
_ACTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "ways-out": ("/s/leave", {}),
    "ways-out-fault": ("/s/leave", {"asked": "1"}),
    "less": ("/s/less", {}),
    "less-fault": ("/s/less", {"asked": "1"}),
    "rest": ("/s/rest", {}),
    "rest-fault": ("/s/rest", {"asked": "1"}),
    "erase": ("/s/erase", {}),
    "sooner": ("/s/sooner", {}),
    "renew": ("/s/renew", {}),
    "receipt": ("/s/receipt", {}),
    "one-more-office": ("/s/office", {}),
    "first-after-signing": ("/s", {}),
}


@pytest.fixture
def house(town: Town) -> House:
    """Wren and Ana have signed; an office was added since, and their yes ends soon."""
    with town.database.transaction() as session:
        people = make.cast(session, town.now)
        version = make.letter(session, people, now=town.now, implies_survivor=True, offices=(CHAIR, POSTING))
        make.ask_members(session, version, people, town.now)
        for who in (people.wren, people.ana):
            make.sign(session, version.letter_id, who, town.now, FULL, FULL, CHOSEN)
        set_recipients(session, version.letter_id, (CHAIR, POSTING, RANKING))
        session.expunge_all()
    town.forward(days=3)
    return House(town.database, None, people, version, town.now)  # type: ignore[arg-type]


def send(somebody: Somebody, path: str, fields: Mapping[str, str]) -> None:
    """Send one form of the door, as a button of it would."""
    with somebody.page.expect_navigation():
        somebody.page.evaluate(_SEND, [path, dict(fields)])


def look(somebody: Somebody, name: str) -> None:
    assert somebody.page.locator("h1").is_visible(), name
    # Both languages have the same pages: between them each is seen narrow and dark, wide and light.
    screen = WIDE_AND_LIGHT if name.startswith("es-") else NARROW_AND_DARK
    somebody.witness.look(somebody.page, name, (screen,))


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_rarer_page_of_a_signer_keeps_anybody_out(house: House, somebody: Called, language: str) -> None:
    member, who = somebody(width=360), house.cast.wren if language == "en" else house.cast.ana
    member.go(f"{member.town.config.signer_url}/s")
    seen = set[str]()
    for name, (path, fields) in _ACTS.items():
        send(member, path, {"key": house.key(who), **fields})
        look(member, f"{language}-{name}")
        assert member.page.locator("html").get_attribute("lang") == language, name
        # A page that is not there is answered by another, which would be looked at twice.
        seen.add(member.words)
    assert len(seen) == len(_ACTS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_whoever_has_not_signed_can_say_no_and_come_too_late(
    house: House, somebody: Called, language: str
) -> None:
    member, say = somebody(width=360), tongue(language).say
    member.go(f"{member.town.config.signer_url}/s")
    send(member, "/s/decline", {"key": house.key(house.cast.dee), "speak": language})
    member.reads(say("decline.ask"))
    look(member, f"{language}-no")
    member.town.forward(days=11)
    send(member, "/s", {"key": house.key(house.cast.dee), "speak": language})
    member.reads(say("state.closed"))
    look(member, f"{language}-closed")
    send(member, "/s/late", {"key": house.key(house.cast.dee), "speak": language})
    member.reads(say("late.ask"))
    look(member, f"{language}-late")


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page_of_her_own_keeps_anybody_out(house: House, somebody: Called, language: str) -> None:
    member, who = somebody(width=360), house.cast.wren if language == "en" else house.cast.ana
    member.go(f"{member.town.config.signer_url}/s")
    with house.database.transaction() as session:
        key, _ = make_own_link(session, who, house.now)
    for name, path, fields in (
        ("own", "/s", {}),
        ("own-shown", "/s", {"step": "show"}),
        ("own-off", "/s/off", {}),
        ("own-less", "/s/less", {}),
    ):
        send(member, path, {"key": key, **fields})
        look(member, f"{language}-{name}")


@pytest.mark.parametrize("language", ["en", "es"])
def test_after_taking_off_and_after_other_words_nobody_is_kept_out(
    house: House, somebody: Called, language: str
) -> None:
    member, who = somebody(width=360), house.cast.wren if language == "en" else house.cast.ana
    member.go(f"{member.town.config.signer_url}/s")
    send(member, "/s/withdraw", {"key": house.key(who), "asked": "1", "answer": "yes"})
    look(member, f"{language}-off")
    for name, path in (("put-back", "/s/put-back"), ("correct", "/s/correct"), ("off-seen", "/s")):
        send(member, path, {"key": house.key(who)})
        look(member, f"{language}-{name}")
    with house.database.transaction() as session:
        make.sign(session, house.version.letter_id, who, house.now, FULL)
        make.edit(session, house.cast, house.version.letter_id, now=house.now, body="We ask for four things.")
    send(member, "/s", {"key": house.key(who)})
    look(member, f"{language}-other-words")


def test_a_mailbox_others_read_and_a_lost_link_keep_nobody_out(house: House, somebody: Called) -> None:
    member = somebody(width=360)
    with house.database.transaction() as session:
        quill = person(
            session,
            "Quill Sample",
            now=house.now,
            limits=Preset.PUBLIC_ADVOCATE,
            mail_mode=MailMode.WATCHED,
            recognition_word="lantern",
        ).id
        make.ask_members(session, house.version, house.cast, house.now)
    member.go(f"{member.town.config.signer_url}/s")
    send(member, "/s", {"key": house.key(quill)})
    look(member, "watched")
    send(member, "/s", {"key": house.key(quill), "word": "harbour"})
    look(member, "watched-wrong")
    member.go(f"{member.town.config.signer_url}/s/lost")
    look(member, "lost")
    for name, email in (("lost-empty", ""), ("lost-sent", "wrensample@members.example")):
        send(member, "/s/lost", {"email": email})
        look(member, name)


def test_no_page_of_an_organisation_keeps_anybody_out(house: House, somebody: Called) -> None:
    reader, letter = somebody(width=360), house.version.letter_id
    with house.database.transaction() as session:
        asked = ask_organisation(
            session,
            letter,
            Described("Sample Valley Housing Collective"),
            email="val@samplevalley.example",
            may_sign=True,
            language="en",
            by=house.cast.amara,
            now=house.now,
        )
        keys = {purpose: make_link(session, asked.id, purpose, house.now) for purpose in Purpose}
        slug = open_the_page(session, letter, by=house.cast.jo, now=house.now).slug
    reader.go(f"{reader.town.address}/o")
    look(reader, "organisation-start")
    for purpose, key in keys.items():
        send(reader, "/o", {"key": key})
        look(reader, f"organisation-{purpose}")
    send(reader, "/o/look", {"key": keys[Purpose.ANSWER]})
    look(reader, "organisation-faults")
    send(reader, "/o", {"key": "x" * 43})
    look(reader, "organisation-unknown")
    reader.go(f"{reader.town.address}/o/{slug}")
    look(reader, "organisation-open")
    send(reader, f"/o/{slug}", {"public_name": ""})
    look(reader, "organisation-open-faults")


@pytest.fixture
def mistyped(town: Town) -> UUID:
    """The demo's letter is open with a slip in it, and a text without it is approved."""
    with town.database.transaction() as session:
        begun = scene.set_scene(session, town.now)
        asked = "Please send your answer to the {} above."
        for n, spelled in enumerate(("adress", "address"), 1):
            before = latest_version(session, begun.letter_id)
            assert before is not None
            body = f"{before.body.removesuffix(asked.format('adress')).rstrip()}\n\n{asked.format(spelled)}"
            words = {"title": before.title, "body": body, "based_on": n}
            new = write_version(session, begun.letter_id, by=begun.hands["sam"], now=town.now, **words)
            if n == 1:
                scene.open_letter(session, begun.letter_id, begun, town.now)
        approve(session, new.id, by=begun.hands["jo"], now=town.now)
    town.forward(minutes=1)
    return begun.letter_id


def test_a_typo_is_said_and_agreed_to_on_a_telephone_where_no_script_runs(
    mistyped: UUID, somebody: Called
) -> None:
    jo, amara = (somebody(width=360, script=False) for _ in range(2))
    for here, name in ((jo, "Jo Muster"), (amara, "Amara Placeholder")):
        here.go("/demo")
        here.press(f"Be {name}")
    opening = f"/office/letters/{mistyped}/open"
    jo.go(opening)
    jo.press("It is only a typo")
    jo.reads("Within three days somebody else has to look at it and agree.")
    reader = somebody("Amara Placeholder", width=360)  # whoever looks for faults looks with a script
    for path, name in ((opening, "letter-typo-said"), ("/office/seconding", "seconding-typo")):
        reader.go(path)
        reader.witness.look(reader.page, name, ((360, "light"), (1280, "dark")))
    amara.go(opening)
    amara.follow("To second")
    assert amara.page.locator("del:visible").inner_text() == "adress"
    amara.press("I agree, it is only a typo")
    amara.reads("Version 3 is open for sign-ons")
