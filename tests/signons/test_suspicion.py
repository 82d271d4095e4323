"""Odd lines are noticed by their characters alone, and real names from everywhere are not."""

import pytest

from advocacy.signons.suspicion import Reason, is_look_alike, look_of, reasons_in

REAL = [
    "Wren Sample",
    "Siobhán O'Sample",
    "Zoë d’Exemple",
    "Ana-Lucía Ejemplo",
    "Nguyễn Mẫu",
    "Jean-Luc Exemple-Muster",
    "李示例",
    "サンプル・レン",
    "محمد مثال",
    "نمونه‌ای مثال",
    "Сара Примерова",
    "Ελένη Δείγμα",
    "דוגמה לדוגמה",
    "Māra Šaraugs",
    "ʻIolani Kealoha-Sample",
    "Muster & Töchter, LCSW",
    "A survivor and member of the network from Ohio",
    "W. S.",
    "Mary Ann de la Muster III",
    "M-2 House (CA)",
    "Wren Sample, survivor, Sample House (affiliation for identification only)",
    "Çağla Örnek",
    "Łucja Przykład",
    "Ọlá Àpẹẹrẹ",
]


@pytest.mark.parametrize("line", REAL)
def test_a_real_name_is_never_held(line: str) -> None:
    assert reasons_in(line) == frozenset()


@pytest.mark.parametrize("line", REAL)
def test_two_people_of_one_name_are_two_people(line: str) -> None:
    assert not is_look_alike(line, [line, line.upper(), line.replace("'", "’")])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("<script>alert(1)</script>", Reason.SCRIPT),
        ("Wren <b>", Reason.SCRIPT),
        ("{{ 7 * 7 }}", Reason.SCRIPT),
        ("javascript:alert(1)", Reason.SCRIPT),
        ("Wren onload=x", Reason.SCRIPT),
        ("[Wren](https://x.example)", Reason.SCRIPT),
        ("www.x.example", Reason.SCRIPT),
        ('=HYPERLINK("x")', Reason.FORMULA),
        ("+1+1", Reason.FORMULA),
        ("-2+3", Reason.FORMULA),
        ("@SUM(A1:A9)", Reason.FORMULA),
        ("Wren Sample, =1+1", Reason.FORMULA),
        ("Wrеn Sample", Reason.MIXED),
        ("Wren Sαmple", Reason.MIXED),
    ],
)
def test_script_formula_and_mixed_scripts_are_noticed(line: str, reason: Reason) -> None:
    assert reason in reasons_in(line)


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("Sаrа Сосо", "Sara Coco"),
        ("Соре", "Cope"),
        ("WiIson Sample", "Wilson Sample"),
        ("Samp1e", "Sample"),
        ("Arnold Sample", "Amold Sample"),
        ("Ｗren Sample", "Wren Sample"[:-1] + "е"),
        ("Sample  House (CA)", "Sаmple House (CA)"),
    ],
)
def test_a_line_drawn_like_another_is_noticed(line: str, other: str) -> None:
    assert is_look_alike(line, ["Somebody Else", other])


def test_an_accent_is_another_name_and_no_look_alike() -> None:
    assert not is_look_alike("José Muster", ["Jose Muster"])
    assert look_of("José Muster") != look_of("Jose Muster")
