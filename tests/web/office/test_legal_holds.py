"""A hold by counsel is written down by one, agreed to by another, and read by all who read the office."""

from advocacy.letters.models import LetterVersion
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import path_of, printed, sit

WORDS = {"counsel": "Sample & Sample", "why": "Order 12", "until": "2026-12-24"}


def test_one_writes_it_down_and_another_agrees(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)
    page = f"{path_of(printed(reader, letter))}/holds"
    assert "Nothing is held." in reader.get(page).words
    seen = reader.follow(reader.post(page, WORDS))
    assert "waits for a second person Asked by Sample & Sample: Order 12." in seen.words
    assert len(seen.forms()) == len(reader.get(page).forms())

    mine = [action for _, action in seen.forms() if action.startswith(f"{page}/")]
    assert mine == []
    sit(reader, cast.jo)
    theirs = [action for _, action in reader.get(page).forms() if action.startswith(f"{page}/")]
    assert "holds Asked by Sample & Sample" in reader.follow(reader.post(theirs[0])).words


def test_one_without_an_end_is_refused_in_words(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)
    page = f"{path_of(printed(reader, letter))}/holds"
    reader.get(page)

    assert "A hold needs an end." in reader.post(page, {**WORDS, "until": ""}, status=422).words
    assert "within a year" in reader.post(page, {**WORDS, "until": "2029-01-01"}, status=422).words


def test_who_only_reads_sees_it_and_cannot_ask(reader: Reader, cast: Cast, letter: LetterVersion) -> None:
    sit(reader, cast.amara)
    page = f"{path_of(printed(reader, letter))}/holds"
    sit(reader, cast.sam)

    assert "Write down a hold" not in reader.get(page).words
    reader.post(page, WORDS, status=403)
