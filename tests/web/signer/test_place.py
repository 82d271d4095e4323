"""Where few members live: she reads beforehand that her place is not shown, and what may come of it later."""

import pytest

from advocacy.people.limits import Preset
from advocacy.people.models import Language
from tests.make import ask_members, person
from tests.web.signer.conftest import House
from tests.web.signer.phone import Phone

FEW = {
    "en": ("too few of us live near you", "too few of us live in your state", "we only count you."),
    "es": ("viven cerca de usted", "viven en su estado", "usted solo cuenta."),
}
CHOOSE = {"en": "Choose for each", "es": "Elegir para cada quien"}


def alone_in(house: House, state: str, language: Language = Language.ENGLISH) -> Phone:
    """Somebody nobody else of the network lives near, unless they are made to."""
    with house.database.transaction() as session:
        here = person(
            session,
            "Maine Example",
            now=house.now,
            state=state,
            limits=Preset.PUBLIC_ADVOCATE,
            language=language,
        ).id
        ask_members(session, house.version, house.cast, house.now)
    return house.phone(here)


def more_in(house: House, *states: str) -> None:
    with house.database.transaction() as session:
        for n, state in enumerate(states):
            person(session, f"Further Example {'abcdefgh'[n]}", now=house.now, state=state)


@pytest.mark.parametrize("language", list(Language))
def test_nobody_else_near_her_and_neither_place_is_offered(house: House, language: Language) -> None:
    phone = alone_in(house, "ME", language).press(CHOOSE[language])

    assert not {"state", "region"} & set(phone.options["recipient"])
    assert FEW[language][0] in phone.words.casefold()
    assert FEW[language][1] not in phone.words.casefold()


def test_enough_near_her_and_only_the_state_is_said_to_be_too_small(house: House) -> None:
    more_in(house, "VT", "VT", "NH", "MA")
    phone = alone_in(house, "ME").press(CHOOSE["en"])

    assert "region" in phone.options["recipient"]
    assert FEW["en"][1] in phone.words.casefold()
    assert FEW["en"][0] not in phone.words.casefold()


def test_whoever_may_not_show_her_place_reads_nothing_of_it(house: House) -> None:
    words = house.phone(house.cast.nguyen).press(CHOOSE["en"]).words.casefold()

    assert FEW["en"][0] not in words
    assert FEW["en"][1] not in words


@pytest.mark.parametrize("form", ["state", "region", "full_name"])
def test_before_she_signs_with_a_place_she_reads_what_may_come_of_it(house: House, form: str) -> None:
    more_in(house, "ME", "ME", "ME", "ME", "ME")
    phone = alone_in(house, "ME").press(CHOOSE["en"])
    for audience in ("recipient", "web", "press"):
        wish = {f"form-{audience}": form if audience == "recipient" else "count_only"}
        phone.press("Show me how" if audience == "press" else "Next", **wish)

    assert (FEW["en"][2] in phone.words) is (form != "full_name")
