"""Nobody is asked for her story: every place to type is known here, and has its reason."""

import re
from collections.abc import Iterator

import pytest
from wtforms import Form, TextAreaField

from advocacy.paths import TEMPLATES
from advocacy.web.office.rooms import PAGES

LONG = {
    ("AnswerForm", "note"): "what would make a decision workable for whoever decides",
    ("LetterForm", "body"): "the text of a letter, written by the network and read by two people",
    ("LetterForm", "spoken"): "the same text, as it is read aloud",
    ("ManyForm", "bills"): "the numbers of bills to follow",
    (
        "NoteForm",
        "text",
    ): "what the office wants to remember of a bill; its hint says whose story it is no place for",
    ("OfficeRow", "address"): "an office's postal address",
    ("PasteForm", "words"): "the text of a bill",
    ("SummaryForm", "note_en"): "what is hard to read in a letter",
    ("SummaryForm", "note_es"): "what is hard to read in a letter",
    ("SummaryForm", "short_en"): "a letter in short",
    ("SummaryForm", "short_es"): "a letter in short",
    ("TypedForm", "committees"): "where a bill lies",
    ("TypedForm", "sponsors"): "who leads a bill",
    ("TypedForm", "steps"): "what happened to a bill",
    ("TypedForm", "title"): "a bill's title",
    ("WordsForm", "body"): "a campaign's words to everybody",
    ("WritingForm", "body"): "the text of a position",
}
"""Fields of many lines: all are the office's, none is about a person."""

TYPED_AT_DOORS = {
    "signer": {
        "code": "the code of a link",
        "email": "where a lost link is sent again",
        "word": "the word that tells her from whoever reads her mail",
    },
    "organisation": {
        "key": "the key of a link",
        "words": "what a logo shows",
        "{{ name }}": "an organisation's name, who may sign for it, a title, an address, a day",
    },
    "site": {},
}
CHOSEN = {"hidden", "radio", "checkbox", "date", "file"}


def forms(kind: type[Form] = Form) -> Iterator[type[Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from forms(one)


def test_no_form_has_room_for_a_story() -> None:
    assert PAGES
    found = {
        (form.__name__, field.name)
        for form in forms()
        if form.__module__.startswith("advocacy.")
        for field in form(meta={"csrf": False})
        if isinstance(field, TextAreaField)
    }

    assert found == LONG.keys()


@pytest.mark.parametrize("door", TYPED_AT_DOORS)
def test_at_a_door_nothing_is_typed_but_what_opens_it_or_names_an_organisation(door: str) -> None:
    pages = "".join(path.read_text("utf-8") for path in sorted((TEMPLATES / door).glob("*.html")))
    inputs = re.findall(r"<input\b[^>]*>", pages)
    kinds = [(_said(one, "type"), _said(one, "name")) for one in inputs]

    assert "<textarea" not in pages
    assert "contenteditable" not in pages
    assert {name for kind, name in kinds if kind not in CHOSEN} == TYPED_AT_DOORS[door].keys()


def _said(tag: str, attribute: str) -> str:
    found = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return found[1] if found else ""


def test_the_office_writes_no_field_of_many_lines_past_its_forms() -> None:
    pages = {path.name: path.read_text("utf-8") for path in (TEMPLATES / "office").glob("*.html")}

    # Words that were being written when a session ended are given back, and sent nowhere.
    assert [name for name, text in pages.items() if "<textarea" in text] == ["signed_out.html"]
    assert re.search(r"<textarea[^>]* readonly", pages["signed_out.html"])
