"""Every page of the office that can be reached by links, looked at on a phone or at a desk."""

import re
from collections.abc import Iterator

import pytest

from advocacy.demo import scene
from advocacy.demo.cast import SIGNERS
from advocacy.demo.loading import sign_as
from advocacy.editions.models import Way
from tests import make
from tests.browser.conftest import Called
from tests.browser.somebody import Somebody
from tests.browser.town import Town

pytestmark = pytest.mark.browser
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
_ONE_EACH = (((360, "light"),), ((1280, "dark"),))


@pytest.fixture(autouse=True)
def _walked(town: Town) -> None:
    """Everything has happened once: two versions, a decision, sign-ons, an edition that was delivered."""
    now = town.now
    with town.database.transaction() as session:
        begun = scene.set_scene(session, now)
        scene.decide(session, begun, now)
        first = scene.open_letter(session, begun.letter_id, begun, now)
        version = scene.change_text(session, begun, now)
        scene.open_letter(session, begun.testimony_id, begun, now)
        scene.record_organisations(session, version.id, begun, now)
        scene.invite_members(session, begun, now)
        for part in SIGNERS[:3]:
            sign_as(session, part, begun.letter_id, now)
    assert first.id != version.id
    hands = {name: begun.hands[name] for name in ("amara", "jo", "sam", "lee")}
    cast = make.Cast(**hands, **dict.fromkeys(("dee", "river", "wren", "nguyen", "ana"), hands["amara"]))
    edition = make.edition_of(make.printed(town.database, version, cast, now))
    with town.database.transaction() as session:
        office = make.recipients(session, begun.letter_id)[0]
        make.hand_over(session, edition, office.id, cast, now, Way.IN_PERSON, "the front desk")


@pytest.mark.parametrize("who", ["Amara Placeholder", "Pat Specimen", "Lee Dummy"])
def test_no_page_of_the_office_keeps_anybody_out(somebody: Called, who: str) -> None:
    here = somebody(who)

    seen = [*crawl(here)]

    assert len(seen) > (30 if who.startswith("Amara") else 15), seen


def crawl(here: Somebody) -> Iterator[str]:
    """Every kind of page that can be reached by links, once."""
    seen, waiting = set[str](), ["/office/", "/"]
    while waiting:
        path = waiting.pop()
        kind = _ID.sub("N", path)
        # What is kept as a file is no page.
        if kind in seen or ".pdf" in path or kind.endswith((".csv", ".ics", ".xml", "/file")):
            continue
        seen.add(kind)
        here.go(path)
        name = kind.strip("/").replace("/", "-").replace("?", "-") or "home"
        here.witness.look(here.page, f"page-{name}", _ONE_EACH[len(seen) % 2])
        # What is read aloud or handed out holds no marks of how it is typed.
        assert "/help/" not in kind or "**" not in here.words, path
        yield kind
        links = here.page.locator("a[href^='/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        waiting += [str(link).partition("#")[0] for link in links]
