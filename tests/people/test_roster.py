"""A roster file is read whole, or every fault is named by its line and nothing of it is repeated."""

import pytest

from advocacy.people.limits import FORM_FACTS, Audience, Fact, Form, Preset
from advocacy.people.models import Language, MailMode
from advocacy.people.roster import COLUMNS, RosterRow, read_roster
from advocacy.people.roster_file import Fault, RosterFaults

HOSTILE = [
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.example")',
    "'; DROP TABLE person; --",
    "{{ 7 * 7 }}",
    "%s%n%x",
    "@SUM(A1:A9)",
    "../../etc/passwd",
]
HIDDEN = [
    "\u202e",
    "\u200b",
    "\u200d",
    "\u2066",
    "\ufeff",
    "\u00ad",
    "\u2028",
    "\x07",
    "\x1b",
    "\u3164",
    "\u2800",
]
SECRET = "Wren Sample-Secret"


def read(*lines: str) -> tuple[RosterRow, ...]:
    return read_roster("\n".join(lines).encode())


def one(**cells: str) -> RosterRow:
    """The one person of a file with these cells beside a good name and address."""
    filled = {"name": "Wren Sample", "email": "wren@members.example", **cells}
    (row,) = read(",".join(filled), ",".join(f'"{cell}"' for cell in filled.values()))
    return row


def faults(content: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(RosterFaults) as found:
        read_roster(content if isinstance(content, bytes) else content.encode())
    return found.value.faults


def fault(**cells: str) -> str:
    """The only fault of a file with these cells; it stands on line 2 and repeats none of them."""
    with pytest.raises(RosterFaults) as found:
        one(**cells)
    (only,) = found.value.faults
    assert only.line == 2
    assert not any(cell in str(found.value) for cell in cells.values() if len(cell) > 3)
    return only.says


# ---- what a good file gives


def test_two_columns_are_enough_and_the_rest_is_the_careful_choice() -> None:
    row = one()

    assert (row.name, row.email) == ("Wren Sample", "wren@members.example")
    assert (row.language, row.mail_mode) == (Language.ENGLISH, MailMode.FULL)
    assert row.limits == Preset.COUNT_ME_ONLY.limits()
    assert (row.chosen_name, row.state, row.recognition_word, row.groups) == ("", "", "", ())


def test_every_column_is_read() -> None:
    row = one(
        chosen_name="River",
        state="Ohio",
        language="Spanish",
        naming_limit="chosen name to offices",
        limit_web="chosen_name",
        mail_mode="discreet",
        recognition_word="heron",
        credential="LCSW",
        affiliation="Example House",
        groups="Policy; Storytellers; Policy",
    )

    assert (row.chosen_name, row.state, row.language) == ("River", "OH", Language.SPANISH)
    assert (row.mail_mode, row.recognition_word) == (MailMode.DISCREET, "heron")
    assert (row.credential, row.affiliation) == ("LCSW", "Example House")
    assert row.groups == ("Policy", "Storytellers")
    assert row.limits[Audience.RECIPIENT] == Preset.CHOSEN_NAME_TO_OFFICES.limits()[Audience.RECIPIENT]
    assert row.limits[Audience.WEB] == FORM_FACTS[Form.CHOSEN_NAME]
    assert row.limits[Audience.PRESS] == {Fact.COUNT}


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Mẫu",
        "Ana-Lucía Ejemplo",
        "Siobhán O'Sample",
        "محمد مثال",
        "李示例",
        "Zoë d’Exemple",
        "نمونه‌ای مثال",
    ],
)
def test_a_name_is_kept_as_its_person_writes_it(name: str) -> None:
    assert one(name=name).name == name


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_string_is_only_a_name(name: str) -> None:
    assert one(name=name.replace('"', '""')).name == name


@pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_any_spreadsheet_may_have_saved_it(prefix: bytes, ending: str, between: str) -> None:
    text = ending.join([f"Name{between} E-Mail ", f"Wren Sample{between}wren@members.example", ""])

    (row,) = read_roster(prefix + text.replace("E-Mail", "email").encode())

    assert (row.name, row.email) == ("Wren Sample", "wren@members.example")


def test_empty_lines_are_passed_over_and_still_counted() -> None:
    wren, sky = read(
        "name,email", "", "Wren Sample,wren@members.example", ",", "Sky Sample,sky@members.example"
    )

    assert (wren.line, sky.line) == (3, 5)


def test_a_line_is_known_by_where_it_begins() -> None:
    rows = read(
        'name,email,"groups"', 'Wren Sample,wren@members.example,""', "Sky Sample,sky@members.example"
    )

    assert [row.line for row in rows] == [2, 3]


def test_two_people_may_share_a_mailbox() -> None:
    rows = read("name,email", "Wren Sample,home@members.example", "Sky Sample,home@members.example")

    assert [row.name for row in rows] == ["Wren Sample", "Sky Sample"]


def test_a_row_does_not_show_its_person_in_a_trace() -> None:
    assert "Wren" not in repr(one())


# ---- each fault by its line


def test_every_fault_of_the_file_is_told_at_once() -> None:
    found = faults(
        "name,email,state,language\n"
        ",wren@members.example,OH,en\n"
        "Sky Sample,,OH,en\n"
        "River Sample,river@members.example,Atlantis,tlh\n"
        "Fern Sample,not an address,OH,en\n"
    )

    assert [(one.line, one.says.partition(" ")[0]) for one in found] == [
        (2, "name"),
        (3, "email"),
        (4, "language"),
        (4, "state"),
        (5, "email"),
    ]


def test_two_faults_of_one_line_are_both_told() -> None:
    found = faults("name,email\nWren\u200bSample,\n")

    assert [one.says.partition(" ")[0].rstrip(":") for one in found] == ["email", "name"]


@pytest.mark.parametrize("column", ["name", "email"])
def test_a_missing_column_is_named(column: str) -> None:
    other = {"name": "email", "email": "name"}[column]

    assert [one for one in faults(f"{other}\nx\n") if column in one.says][0].line == 1


def test_a_column_that_stands_twice_is_named() -> None:
    assert "“name” stands there twice" in faults("name,email,name\nA,a@members.example,B\n")[0].says


def test_a_heading_nobody_knows_is_counted_and_not_repeated() -> None:
    (found,) = faults(f"name,email,{SECRET}\nA,a@members.example,x\n")

    assert "column 3" in found.says
    assert SECRET not in found.says


def test_a_file_without_headings_repeats_nobody() -> None:
    found = faults(f"{SECRET},wren@members.example\nSky Sample,sky@members.example\n")

    assert not any("Secret" in str(one) or "wren" in str(one) for one in found)


@pytest.mark.parametrize("content", ["", "\n\n", "name,email\n", "name,email\n,\n"])
def test_a_file_without_people_says_so(content: str) -> None:
    assert faults(content)


def test_an_empty_name_is_a_fault() -> None:
    assert fault(name=" ") == "name is empty."


@pytest.mark.parametrize(
    "address",
    [
        "wren",
        "wren@",
        "@members.example",
        "wren@members",
        "wren members@members.example",
        "Wren <wren@members.example>",
        "wren@members.example, sky@members.example",
        "müller@members.example",
        "wren@" + "a" * 300 + ".example",
    ],
)
def test_what_mail_cannot_be_sent_to_is_a_fault(address: str) -> None:
    assert "email" in fault(email=address)


@pytest.mark.parametrize("column", COLUMNS)
def test_a_cell_of_ten_thousand_characters_is_a_fault(column: str) -> None:
    with pytest.raises(RosterFaults) as found:
        one(**{column: "a" * 10_000})

    assert "longer than 200" in str(found.value)
    assert "aaa" not in str(found.value)


@pytest.mark.parametrize("mark", HIDDEN)
@pytest.mark.parametrize("column", ["name", "chosen_name", "credential", "recognition_word"])
def test_a_hidden_character_is_a_fault(column: str, mark: str) -> None:
    assert "hidden character" in fault(**{column: f"Wren{mark}Sample"})


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\t", "\x0b"])
def test_a_cell_of_two_lines_is_a_fault(mark: str) -> None:
    assert "hidden character" in fault(name=f"Wren{mark}Sample")


def test_after_a_cell_of_two_lines_the_next_fault_is_still_on_its_own_line() -> None:
    found = faults('name,email\n"Wren\nSample",wren@members.example\nSky Sample,\n')

    assert [one.line for one in found] == [2, 4]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("state", "Atlantis"),
        ("language", "Klingon"),
        ("mail_mode", "loudly"),
        ("naming_limit", "everything"),
        ("limit_recipient", "photograph"),
        ("limit_web", "full_name+photograph"),
        ("limit_press", "survivor;state"),
    ],
)
def test_a_word_that_is_not_in_the_list_is_a_fault(column: str, cell: str) -> None:
    assert fault(**{column: cell}).startswith(column)


def test_the_same_person_twice_names_both_lines_and_not_the_person() -> None:
    (found,) = faults(
        "name,email\n"
        f"{SECRET},wren@members.example\n"
        "Sky Sample,wren@members.example\n"
        f"{SECRET.upper()},WREN@members.example\n"
    )

    assert str(found) == "Line 4: the same person stands on line 2."


def test_a_comma_without_quotes_is_a_fault() -> None:
    (found,) = faults("name,email\nSample, Wren,wren@members.example\n")[:1]

    assert found.line == 2


def test_quotes_that_never_close_are_a_fault() -> None:
    (found,) = faults(f'name,email\n"{SECRET},wren@members.example\nSky Sample,sky@members.example\n')

    assert "quotes" in found.says
    assert SECRET not in found.says


@pytest.mark.parametrize(
    "content",
    [
        "name,email\nAna-Lucía,ana@members.example\n".encode("latin-1"),
        "name,email\nWren,wren@members.example\n".encode("utf-16"),
        b"PK\x03\x04 a spreadsheet \x00\xff",
        b"name,email\nWren\x00Sample,wren@members.example\n",
    ],
)
def test_what_is_not_utf8_text_says_how_to_save_it(content: bytes) -> None:
    assert "CSV UTF-8" in faults(content)[0].says


def test_the_line_with_the_wrong_letters_is_named() -> None:
    content = b"name,email\nWren,wren@members.example\nAna-Luc\xeda,ana@members.example\n"

    assert faults(content)[0].line == 3


def test_a_file_of_more_than_five_megabytes_is_refused_before_it_is_read() -> None:
    assert "5 MB" in faults(b"name,email\n" + b"a" * 5_000_001)[0].says


def test_a_zone_is_read_and_one_nobody_knows_is_a_fault() -> None:
    assert one(time_zone="pacific/honolulu").time_zone == "Pacific/Honolulu"
    assert one().time_zone == ""
    assert (
        fault(time_zone="Hawaiian") == "time_zone is not a zone we know; write for example America/Chicago."
    )


def test_only_whom_we_never_write_to_may_have_no_email() -> None:
    quiet = one(email="", mail_mode="none")

    assert (quiet.email, quiet.mail_mode) == ("", MailMode.NONE)
    assert fault(email="", mail_mode="discreet") == "email is empty."


def test_two_of_one_name_without_email_are_told_apart_by_nobody() -> None:
    lines = ("name,email,mail_mode", "Quiet Sample,,none", "Quiet Sample,,none")

    assert "the same person stands on line 2." in str(faults("\n".join(lines))[0])
