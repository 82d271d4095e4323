"""SPF, DKIM and DMARC, asked of a real name server on this machine."""

import pytest

from advocacy.config import Config
from advocacy.doctor.finding import Finding, State
from advocacy.doctor.signs import check_signs
from tests.doctor.servers import names

DOMAIN = "quiet.example"
WHOLE = {
    DOMAIN: ["some=other", "v=spf1 mx -all"],
    f"_dmarc.{DOMAIN}": ["v=DMARC1; p=quarantine"],
    f"mail2026._domainkey.{DOMAIN}": ["v=DKIM1; k=rsa; p=" + "A" * 380],
}


def findings(
    texts: dict[str, list[str]], selector: str = "mail2026", mute: bool = False
) -> dict[str, Finding]:
    sender = f"updates@{DOMAIN}"
    config = Config.from_environment(
        {"MAIL_FROM": sender, "OFFICE_MAIL_FROM": f"policy@{DOMAIN}", "DKIM_SELECTOR": selector}
    )
    with names(texts, mute=mute) as asked:
        return {one.about.partition(".")[0]: one for one in check_signs(config, asked)}


def test_a_domain_with_all_three_is_fine() -> None:
    found = findings(WHOLE)

    assert [(about, one.state) for about, one in found.items()] == [
        ("spf", State.OK),
        ("dmarc", State.OK),
        ("dkim", State.OK),
    ]


@pytest.mark.parametrize(
    ("about", "name", "texts"),
    [
        ("spf", DOMAIN, []),
        ("spf", DOMAIN, ["v=spf1 mx -all", "v=spf1 a -all"]),
        ("spf", DOMAIN, ["v=spf1 +all"]),
        ("dmarc", f"_dmarc.{DOMAIN}", []),
        ("dmarc", f"_dmarc.{DOMAIN}", ["v=DMARC1; p=none", "v=DMARC1; p=reject"]),
        ("dkim", f"mail2026._domainkey.{DOMAIN}", []),
        ("dkim", f"mail2026._domainkey.{DOMAIN}", ["v=DKIM1; p="]),
    ],
)
def test_a_record_that_is_missing_or_wrong_is_said(about: str, name: str, texts: list[str]) -> None:
    changed = {**WHOLE, name: texts} if texts else {key: WHOLE[key] for key in WHOLE if key != name}

    found = findings(changed)

    assert found[about].state is State.WRONG
    assert {one.state for other, one in found.items() if other != about} == {State.OK}


def test_a_domain_that_asks_nobody_to_refuse_is_worth_a_look() -> None:
    assert findings({**WHOLE, f"_dmarc.{DOMAIN}": ["v=DMARC1; p=none"]})["dmarc"].state is State.LOOK


def test_without_a_selector_nobody_can_look_for_the_key() -> None:
    assert findings(WHOLE, selector="")["dkim"].state is State.LOOK


def test_where_nobody_answers_it_says_so_and_guesses_nothing() -> None:
    assert [one.state for one in findings(WHOLE, mute=True).values()] == [State.LOOK]
    assert [
        one.state for one in check_signs(Config.from_environment({"MAIL_FROM": "a@b.example"}), None)
    ] == [State.LOOK]


def test_a_sender_on_this_machine_is_not_asked_about() -> None:
    assert list(check_signs(Config.from_environment({}), None)) == []
