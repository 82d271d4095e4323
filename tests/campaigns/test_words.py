"""The playbooks we ship: each can be started, and reads as it should."""

import re
from collections.abc import Iterator

import pytest

from advocacy import paths
from advocacy.campaigns.playbooks import Playbook, read_all
from advocacy.letters.content import WORDS_A_MINUTE

VENUES = frozenset(path.stem for path in (paths.LETTERS / "venues").glob("*.toml"))
SHELF = read_all(paths.CAMPAIGNS, VENUES)
NAMES = {"bill": "H.R. 1144", "bill_title": "An Act With a Name of Its Own"}


@pytest.fixture
def reauthorisation() -> Playbook:
    found = SHELF.find("reauthorisation")
    assert found is not None
    return found


def test_every_playbook_we_ship_can_be_started() -> None:
    assert SHELF.faults == ()
    assert SHELF.playbooks


def test_an_aide_finds_bill_stance_and_ask_in_the_first_paragraph(reauthorisation: Playbook) -> None:
    assert reauthorisation.testimony is not None
    texts = (reauthorisation.letter.text, reauthorisation.position, reauthorisation.testimony.letter.text)

    for text in texts:
        first = " ".join(text.about(NAMES).body.split("\n\n")[0].replace("*", "").split())
        assert "H.R. 1144" in first
        assert re.search(r"support .* if it is amended", first)
        assert re.search(r"four (changes|ways)", first)


def test_the_letter_numbers_four_asks(reauthorisation: Playbook) -> None:
    assert re.findall(r"^(\d)\. \*\*", reauthorisation.letter.text.body, re.MULTILINE) == list("1234")


def test_offices_are_named_and_never_the_people_who_hold_them(reauthorisation: Playbook) -> None:
    offices = reauthorisation.letter.offices

    assert len(offices) == 4
    assert all(office.office.startswith("Chair and Ranking Member, Committee on") for office in offices)
    assert not re.search(r"\b(Mr|Ms|Mrs|Rep|Sen)\.? [A-Z]", reauthorisation.letter.text.body)


def test_nothing_is_sent_to_a_real_address(reauthorisation: Playbook) -> None:
    assert all((office.email or "").endswith(".example") for office in reauthorisation.letter.offices)


def test_the_testimony_is_about_four_hundred_and_fifty_words_and_two_minutes_aloud(
    reauthorisation: Playbook,
) -> None:
    testimony = reauthorisation.testimony
    assert testimony is not None

    assert 400 <= len(testimony.letter.text.about(NAMES).body.split()) <= 500
    assert 230 <= len(testimony.spoken.about(NAMES).body.split()) <= 2 * WORDS_A_MINUTE


def test_a_letter_from_survivors_says_so_in_its_settings(reauthorisation: Playbook) -> None:
    assert reauthorisation.letter.implies_survivor
    assert "are survivors of human trafficking" in reauthorisation.letter.text.body


def test_the_invitation_can_be_read_by_a_tired_person(reauthorisation: Playbook) -> None:
    english = next(note for note in reauthorisation.notes if note.language == "en")

    assert reading_grade(f"{english.text.title}. {english.text.body}") <= 6.0


def test_the_invitation_hurries_and_shames_nobody(reauthorisation: Playbook) -> None:
    hurry = re.compile(
        r"\b(urgent|hurry|last chance|now or never|only \d|act now|must|urgente|última)\b", re.I
    )

    for note in reauthorisation.notes:
        assert not hurry.search(note.text.body)


def test_both_languages_say_the_same_number_of_things(reauthorisation: Playbook) -> None:
    english, spanish = reauthorisation.notes

    assert (english.language, spanish.language) == ("en", "es")
    assert english.text.body.count("\n\n") == spanish.text.body.count("\n\n")
    assert english.text.body.count("\n- ") == spanish.text.body.count("\n- ")


def reading_grade(text: str) -> float:
    """The Flesch-Kincaid grade. List items and headings end a sentence as a reader's voice does."""
    sentences = [part for part in re.split(r"[.!?:]\s|\n- |\n\n", text) if re.search(r"\w", part)]
    words = re.findall(r"[A-Za-z]+(?:['’][a-z]+)?", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    bare = re.sub(r"(?<![aeiouylr])e$|(?<=[^td])ed$|(?<=[^aeiousxz])es$", "", word.lower())
    return max(1, sum(1 for _ in _vowel_groups(bare)))


def _vowel_groups(word: str) -> Iterator[re.Match[str]]:
    return re.finditer(r"[aeiouy]+", word)


def test_the_measure_of_reading_knows_easy_from_hard() -> None:
    easy = "The cat sat on the mat. You can say no."
    hard = "Notwithstanding statutory authorisation, beneficiaries necessarily relinquish eligibility."

    assert reading_grade(easy) < 2 < 12 < reading_grade(hard)
