"""The page reviewer sees what it is meant to see."""

import pytest

from tests.page import faults_of_page

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Desk · The Network</title></head><body><main><h1>Desk</h1>{}</main></body></html>"""


def test_a_good_page_passes() -> None:
    assert (
        faults_of_page(GOOD.format('<form><label for="a">A</label><input id="a"><button>Go</button></form>'))
        == []
    )


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<h1>Again</h1>", "2 main headings"),
        ("<h3>Deep</h3>", "a heading is skipped"),
        ("<input name='q'>", "the field 'q' has no label"),
        ("<textarea name='t'></textarea>", "the field 't' has no label"),
        ("<p id='x'></p><p id='x'></p>", "the id 'x' stands there twice"),
        ("<p aria-describedby='gone'>x</p>", "nothing has the id 'gone'"),
        ("<button></button>", "a button without words"),
        ("<a href='/x'> </a>", "a a without words"),
        ("<img src='/x.png'>", "has no words"),
        ("<script>x</script>", "an inline script"),
        ("<p style='color:red'>x</p>", "the attribute 'style' on p"),
        ("<p onclick='x'>x</p>", "the attribute 'onclick' on p"),
        ("<p hx-on:click='x'>x</p>", "the attribute 'hx-on:click' on p"),
        (
            "<script src='https://elsewhere.example/x.js'></script>",
            "script goes to https://elsewhere.example",
        ),
        ("<img alt='' src='//elsewhere.example/x.png'>", "img goes to //elsewhere.example"),
        ("<form action='/x'></form>", "has no button"),
        ("<p><div>x</div></p>", "unexpected"),
        ("<b>x", "end-tag-too-early"),
        ("<table><p>x</p></table>", "unexpected"),
    ],
)
def test_a_fault_is_named(part: str, fault: str) -> None:
    assert fault in "; ".join(faults_of_page(GOOD.format(part)))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('<html lang="en">', "<html>", "no language"),
        ("<title>Desk", "<title>Home", "is not the heading"),
        ("<main>", "<div>", "not exactly one main"),
        ('name="viewport"', 'name="view"', "no viewport"),
    ],
)
def test_a_fault_of_the_whole_page_is_named(before: str, after: str, fault: str) -> None:
    assert fault in "; ".join(faults_of_page(GOOD.format("").replace(before, after)))


def test_a_part_needs_no_title() -> None:
    assert faults_of_page("<p id='count'>12</p>") == []
