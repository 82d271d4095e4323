"""The door's words: easy to read, the same in both languages, none missing, none left over."""

import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pyphen
import pytest
from bs4 import BeautifulSoup

from advocacy.letters.venues import known
from advocacy.paths import TEMPLATES
from advocacy.web.signer.tongues import tongue
from tests.make import POSTING
from tests.page import Reviewed
from tests.web.signer.conftest import Build, House
from tests.web.signer.phone import Phone

HARDEST = 6.0
_SYLLABLES = pyphen.Pyphen(lang="en_US", left=1, right=1)
_BLOCKS = "p, li, dt, dd, label, legend, button, h1, h2, h3, a"
EN, ES = tongue("en").sentences, tongue("es").sentences


def grade(sentences: list[str]) -> float:
    """The school year that can read this (Flesch and Kincaid)."""
    words = [word for sentence in sentences for word in re.findall(r"[^\W\d_]+(?:’\w+)?", sentence)]
    syllables = sum(len(_SYLLABLES.positions(word.lower())) + 1 for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def sentences_of(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:”])\s+", text) if re.search(r"[^\W\d_]{2}", part)]


def our_words(page: str) -> list[str]:
    """The sentences of a page, without the letter, the note before it, the lines and the offices' names."""
    soup = BeautifulSoup(page, "html.parser")
    for foreign in soup.select(".paper, .line, section[lang], .offices strong, [lang=es], .unseen, option"):
        foreign.decompose()
    blocks = [block for block in soup.select(_BLOCKS) if not block.select(_BLOCKS)]
    return [sentence for block in blocks for sentence in sentences_of(" ".join(block.get_text(" ").split()))]


def walk(house: House) -> Iterator[tuple[str, str]]:
    """Every page of the door in English, by name."""
    yield "start", house.client.get("/s").text
    yield "turned away", house.client.post("/s", data={"key": "x"}).text
    yield "stop", house.client.get("/stop/x").text
    yield "counted only", house.phone(house.cast.dee).answer.text
    yield "first", Phone(house.client, key=house.key(house.cast.wren)).arrive().answer.text
    phone = house.phone(house.cast.wren)
    yield "letter", phone.answer.text
    yield "office", phone.press("Choose for each").answer.text
    yield "faults", phone.press("Next", 422).answer.text
    yield "web", phone.press("Next", form_recipient="full_name").answer.text
    yield "press", phone.press("Next", form_web="initials").answer.text
    yield "check", phone.press("Show me how", form_press="count_only").answer.text
    yield "not agreed", phone.press("Sign", 422).answer.text
    yield "signed", phone.press("Sign", agree="yes").answer.text
    yield "shown", phone.press("Show how I appear").answer.text
    yield from leave(house, phone)


def leave(house: House, phone: Phone) -> Iterator[tuple[str, str]]:
    yield "asked", phone.press("Take my name off").answer.text
    yield "taken off", phone.press("Go on", answer="yes").answer.text
    yield "asked to put back", phone.press("Put my name back").answer.text
    yield "stays off", phone.press("Go on", answer="never").answer.text
    phone = house.phone(house.cast.wren)
    yield "resting", phone.answer.text
    yield "ways out", phone.press("More ways to stop").answer.text
    yield "asked to erase", phone.press("Go on", act="erase").answer.text
    yield "erased", phone.press("Go on", answer="yes").answer.text
    phone = house.phone(house.cast.dee)
    yield "asked about no", phone.press("No, and do not").answer.text
    yield "said no", phone.press("Go on", answer="yes").answer.text
    phone = house.phone(house.cast.dee)
    yield "asked about mail", phone.press("Stop emails").answer.text
    yield "stopped", phone.press("Go on", answer="yes").answer.text


def test_every_page_can_be_read_after_six_years_of_school(build: Build) -> None:
    grades = {name: grade(our_words(page)) for name, page in walk(build(offices=(POSTING,)))}

    assert len(grades) == 26
    assert {name: found for name, found in grades.items() if found > HARDEST} == {}


def test_the_measure_tells_hard_words_from_easy_ones() -> None:
    easy = ["You can say no.", "We will not ask you why."]
    hard = ["Notwithstanding the aforementioned revocation, obligations may necessitate retention."]

    assert grade(easy) < 3
    assert grade(hard) > 12


def test_every_sentence_by_itself_is_short() -> None:
    longest = {
        key: sentence
        for key, text in EN.items()
        for sentence in sentences_of(text)
        if len(sentence.split()) > 20
    }

    assert longest == {}


@pytest.mark.parametrize("venue", sorted(known()))
def test_what_a_venue_makes_public_is_as_easy_to_read(venue: str) -> None:
    assert grade(sentences_of(known()[venue].what_becomes_public["en"])) <= HARDEST


# ---- both languages


def test_both_languages_have_the_same_sentences_with_the_same_places() -> None:
    def places(text: str) -> set[str | None]:
        return {place for _, place, _, _ in string.Formatter().parse(text)}

    assert EN.keys() == ES.keys()
    assert [key for key in EN if places(EN[key]) != places(ES[key])] == []


def test_no_sentence_was_left_in_the_other_language() -> None:
    alike = {"late.no"}

    assert [key for key in EN if EN[key] == ES[key] and key not in alike] == []


def used() -> str:
    pages = [path.read_text("utf-8") for path in (TEMPLATES / "signer").glob("*.html")]
    code = [path.read_text("utf-8") for path in TEMPLATES.parent.glob("advocacy/web/signer/*.py")]
    return "\n".join(pages + code)


def test_every_sentence_is_said_somewhere_and_every_key_exists() -> None:
    text = used()
    said = set(re.findall(r"""["']([a-z_]+\.[a-z_]+)["']""", text))
    said |= {key for key in EN if "." not in key}
    built = (
        "state.",
        "place.",
        "looked.",
        "who.",
        "happened.",
        "receipt.by_",
        "audience.",
        "about.",
        "see.",
        "stop.",
        "decline.",
        "withdraw.",
        "ways.",
        "cities.",
        "late.",
        "less.",
        "choose.too_rare_",
        "bill.",
    )

    assert [key for key in EN if key not in said and not key.startswith(built)] == []
    assert [key for key in re.findall(r'say\("([a-z_.]+)"[,)]', text) if key not in EN] == []


def test_a_language_we_do_not_speak_becomes_english() -> None:
    assert tongue("fr").language == "en"
    assert tongue("en").other().language == "es"
    assert tongue("es").other().language == "en"


def test_days_times_and_places_are_said_as_people_write_them_in_each_language(client: Reviewed) -> None:
    at = datetime(2026, 5, 3, 17, 5, tzinfo=UTC)
    zones = ("America/New_York", "America/Mexico_City", "Pacific/Honolulu", "UTC")
    with client.application.app_context():
        said = {
            words.language: (words.day(at.date()), words.time(at), *map(words.city, zones))
            for words in (tongue("en"), tongue("es"))
        }

    assert said == {
        "en": ("3 May 2026", "5:05 PM", "New York", "Mexico City", "Hawaii", "UTC"),
        "es": ("3 de mayo de 2026", "5:05 p.m.", "Nueva York", "Ciudad de México", "Hawái", "UTC"),
    }


def test_the_language_of_one_page_is_not_left_to_the_next(client: Reviewed) -> None:
    with client.application.app_context():
        days = [tongue(language).day(date(2026, 5, 3)) for language in ("es", "en", "es")]

    assert days == ["3 de mayo de 2026", "3 May 2026", "3 de mayo de 2026"]
