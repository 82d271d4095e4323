"""What starts well and must not stay so is said, setting by setting."""

import pytest

from advocacy.config import Config
from advocacy.doctor.finding import Finding, State
from advocacy.doctor.settings import check_settings, is_home, sender_domain

MENDED = {
    "NETWORK_NAME": "Example Network",
    "CALL_US": "(202) 555-0142",
    "MAIL_FROM": "Updates <updates@quiet.example>",
    "OFFICE_MAIL_FROM": "policy@desk.example",
    "BASE_URL": "https://desk.example",
    "SIGNER_URL": "https://quiet.example",
    "BEHIND_PROXY": "1",
    "CONGRESS_API_KEY": "plainly-fictional",
}


def findings(**settings: str) -> dict[str, Finding]:
    return {one.about: one for one in check_settings(Config.from_environment(settings))}


def test_an_installation_that_was_set_up_has_nothing_to_mend() -> None:
    assert {one.state for one in findings(**MENDED).values()} == {State.OK}


@pytest.mark.parametrize("setting", ["NETWORK_NAME", "CALL_US", "MAIL_FROM", "OFFICE_MAIL_FROM", "BASE_URL"])
def test_a_default_that_must_not_stay_is_wrong(setting: str) -> None:
    found = findings(**{**MENDED, setting: ""})

    assert found[setting].state is State.WRONG
    assert setting in found[setting].mend
    others = {one.state for about, one in found.items() if about not in (setting, "SIGNER_URL")}
    assert others == {State.OK}


@pytest.mark.parametrize("setting", ["SIGNER_URL", "BEHIND_PROXY", "CONGRESS_API_KEY"])
def test_what_can_be_done_without_is_worth_a_look(setting: str) -> None:
    assert findings(**{**MENDED, setting: ""})[setting].state is State.LOOK


@pytest.mark.parametrize("value", ["ask at the desk", "—"])
def test_a_telephone_number_has_figures(value: str) -> None:
    assert findings(**{**MENDED, "CALL_US": value})["CALL_US"].state is State.WRONG


def test_the_demo_is_no_place_for_real_people() -> None:
    assert findings(DEMO="1")["DEMO"].state is State.WRONG


def test_no_secret_and_no_number_is_repeated() -> None:
    told = " ".join(one.line for one in findings(**MENDED).values())

    assert not any(value in told for name, value in MENDED.items() if name != "BEHIND_PROXY")


def test_a_sender_is_known_by_its_domain() -> None:
    assert sender_domain("Updates <updates@Quiet.example>") == "quiet.example"
    assert (is_home("localhost"), is_home("desk"), is_home("quiet.example")) == (True, True, False)
