"""Hostile strings in every field of every form: nothing is written, breaks, or comes back as it was sent."""

import pytest

from tests.web.signer.conftest import Build, House

STRINGS = {
    "script": "<script>alert(1)</script>",
    "attribute": '" onfocus="alert(1)" autofocus="',
    "template": "{{ 7*7 }}{% raw %}",
    "places": "{key} {0} %s %n",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\nb",
    "turned": "\u202eabc\u2066",
    "hidden": "a\u200bb\ufeffc\x00d",
    "long": "x" * 10_000,
    "formula": '=HYPERLINK("http://evil.example")',
    "half": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "number": "9" * 400,
    "path": "../../etc/passwd",
    "sql": "' OR 1=1 --",
}
AUDIENCES = ("recipient", "web", "press")
FIELDS = [
    f"{part}-{audience}" for part in ("form", "days", "survivor", "affiliation") for audience in AUDIENCES
]
FIELDS += [
    "text",
    "mark",
    "agree",
    "way",
    "step",
    "at",
    "speak",
    "answer",
    "asked",
    "language",
    "proof",
    "word",
    "code",
]
GOOD = {"form-recipient": "full_name", "form-web": "count_only", "form-press": "count_only"}
STEPS = ["/s", "/s/check", "/s/sign", "/s/withdraw", "/s/decline", "/s/stop-mail"]


ALONE = {"script", "lines", "long"}
"""Strings that go into one field after another; the others go into each third one, and into all at once."""


@pytest.mark.parametrize("name", STRINGS)
def test_a_hostile_string_in_any_field_does_nothing(house: House, name: str) -> None:
    key, said = house.key(house.cast.wren), STRINGS[name]
    before = house.rows()
    single = FIELDS if name in ALONE else FIELDS[list(STRINGS).index(name) % 3 :: 3]

    for step in STEPS:
        for fields in [FIELDS, *([field] for field in single)]:
            answer = house.client.post(step, data={"key": key, **GOOD, **dict.fromkeys(fields, said)})
            assert answer.status_code in (200, 404, 409, 422), (step, fields)
            assert said not in answer.text or len(said) < 3, (step, fields)

    after = house.rows()
    assert {table for table in before if before[table] != after[table]} <= {"kept_choices"}


def test_hostile_choices_that_were_kept_are_harmless_when_they_come_back(house: House) -> None:
    chosen = {name.replace("-", "_"): value for name, value in GOOD.items()}
    phone = house.phone(house.cast.wren).press("Show me how", **chosen)
    form = {"key": phone.key, "text": "x", **GOOD, "survivor-web": STRINGS["script"]}
    house.client.post("/s/check", data=form)

    page = house.phone(house.cast.wren).press("Choose for each")

    assert "<script>alert" not in page.answer.text
    assert "form-recipient=full_name" in page.ticked


@pytest.mark.parametrize("step", STEPS)
def test_a_body_that_is_no_form_is_turned_away(house: House, step: str) -> None:
    answer = house.client.post(step, data=b"\xff\xfe{not a form", content_type="application/json")

    assert answer.status_code == 404


def test_a_letter_that_brings_its_own_script_shows_it_as_words(build: Build) -> None:
    house = build(
        title="<script>alert(2)</script> & more",
        body="<script>alert(3)</script>\n\n[press](javascript:alert(4)) ![pixel](https://evil.example/p.gif)",
    )
    page = house.phone(house.cast.wren)

    assert [tag["src"].split("?")[0] for tag in page.soup.find_all("script")] == ["/static/signer.js"]
    assert not page.soup.find_all("img")
    assert not page.soup.select('a[href^="javascript"]')
    assert "alert(2)" in page.words
