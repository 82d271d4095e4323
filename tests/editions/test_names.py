"""How names that must not be printed are looked for."""

from advocacy.editions.names import Forbidden, NameSearch, forbidden


def _search(*names: str) -> NameSearch:
    return NameSearch([Forbidden(name, whole_name=" " in name) for name in names])


def test_a_name_is_found_across_case_accents_and_hyphens() -> None:
    search = _search("Ana-Lucía Ejemplo")

    assert list(search.loosely_in("xx ANA LUCIA\u00adEJEMPLO xx")) == ["Ana-Lucía Ejemplo"]
    assert list(search.whole_names_in("Thanks to ana lucia ejemplo.")) == ["Ana-Lucía Ejemplo"]


def test_a_name_inside_other_words_is_no_name() -> None:
    assert list(_search("Ana Lee").whole_names_in("Montana Leeds")) == []


def test_a_name_written_without_spaces_is_found_inside_a_sentence() -> None:
    search = NameSearch([Forbidden("李示例", whole_name=True)])

    assert list(search.whole_names_in("感谢李示例的帮助")) == ["李示例"]


def test_a_single_word_is_no_finding_inside_a_longer_line() -> None:
    assert list(_search("Hope").names_in_line("Hope Sample")) == []
    assert list(_search("Hope").names_in_line("HOPE")) == ["Hope"]


def test_a_name_is_found_in_bytes_in_three_spellings() -> None:
    search = _search("Nguyễn Mẫu")

    for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
        written = "Nguyễn Mẫu".encode(encoding)
        assert list(search.in_bytes(b"\x00" + written)) == ["Nguyễn Mẫu"]
        assert list(search.in_bytes(written.hex().upper().encode())) == ["Nguyễn Mẫu"]


def test_one_word_is_no_whole_name_but_an_address_is() -> None:
    whole = {
        name.text: name.whole_name for name in forbidden(("River", "李示例", "w@mail.example", "A B", ""))
    }

    assert whole == {"River": False, "李示例": True, "w@mail.example": True, "A B": True}


def test_an_empty_name_finds_nothing() -> None:
    assert list(_search("", "—").loosely_in("anything at all")) == []
