"""Two spellings of one organisation are told; two organisations are not."""

import pytest

from advocacy.organisations.names import alike, domain_of, is_free_mail


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Example Workers’ Center", "Example Workers Center"),
        ("Example Workers' Centre", "THE EXAMPLE WORKERS CENTER, INC."),
        ("Placeholder Legal Aid of the Eastern Shore, Inc. d/b/a Shore Aid", "Shore Aid"),
        ("Sample House (Casa Muestra)", "Casa Muestra"),
        ("Organización de Prueba", "Organizacion Prueba"),
        ("Sample & Example", "Sample and Example"),
        ("Ｓａｍｐｌｅ House", "Sample House"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sample House", "Sample Horse"),
        ("Example Workers Center", "Example Workers Center North"),
        ("The", "Of"),
        ("", ""),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not alike(one, other)


def test_an_address_anybody_can_have_is_told() -> None:
    assert is_free_mail("Group@GMail.com")
    assert is_free_mail("group@proton.me.")
    assert not is_free_mail("val@samplevalley.example")
    assert not is_free_mail("val@gmail.com.samplevalley.example")
    assert domain_of("val@Sample.Example") == "sample.example"
