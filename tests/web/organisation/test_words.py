"""The words for organisations: the same in both languages, none missing, none left over, not hard to read."""

import re
import string

from advocacy.paths import PACKAGE, TEMPLATES
from advocacy.web.organisation.words import words_in
from tests.web.signer.test_words import HARDEST, grade, sentences_of

EN, ES = words_in("en").sentences, words_in("es").sentences
MADE_FROM = ("level.", "state.", "fault.", "form.approval_")
"""Keys that are put together where they are used."""


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_sentence_has_its_twin_with_the_same_places() -> None:
    assert EN.keys() == ES.keys()
    assert {key: places(EN[key]) for key in EN} == {key: places(ES[key]) for key in ES}


def test_every_mail_to_an_organisation_is_in_both_languages() -> None:
    found = {path.name.rsplit(".", 2)[0] for path in (TEMPLATES / "emails").glob("organisation_*.txt")}
    assert len(found) == 5
    for name in found:
        english, spanish = (
            (TEMPLATES / "emails" / f"{name}.{language}.txt").read_text("utf-8") for language in ("en", "es")
        )
        assert set(re.findall(r"{{ (\w+)", english)) == set(re.findall(r"{{ (\w+)", spanish))


def test_no_sentence_is_left_over() -> None:
    files = [*(TEMPLATES / "organisation").glob("*.html")]
    files += (PACKAGE / "web" / "organisation").glob("*.py")
    used = "".join(file.read_text("utf-8") for file in files)

    assert [key for key in EN if key not in used and not key.startswith(MADE_FROM)] == []


def test_they_are_not_hard_to_read() -> None:
    said = [part for key, text in EN.items() if not key.startswith("day.") for part in sentences_of(text)]

    assert grade(said) <= HARDEST
