"""A private word when a chosen name leads to the others a person goes by."""

import pytest

from advocacy.people.pointing import leads_to


@pytest.mark.parametrize(
    ("chosen", "others"),
    [
        ("Maria R.", ("Maria Ramirez",)),
        ("MARÍA", ("Maria Ramirez",)),
        ("Juniper", ("Wren Sample", "juniper.tree77")),
        ("Juni Per", ("Wren Sample", "juniper77")),
        ("Starling", ("Wren Sample", "w", "@starling_sings; other")),
        ("Ｍaria", ("Maria Ramirez",)),
        ("Ана", ("Ана Примерова",)),
    ],
)
def test_a_name_with_a_part_of_another_leads_to_it(chosen: str, others: tuple[str, ...]) -> None:
    assert leads_to(chosen, *others)


@pytest.mark.parametrize(
    ("chosen", "others"),
    [
        ("River", ("Maria Ramirez", "mr", "@starling")),
        ("", ("Maria Ramirez", "maria")),
        ("Jo", ("Jo Li", "joli")),
        ("River", ("", "", "")),
        ("River 77", ("Wren Sample", "wren77")),
    ],
)
def test_a_name_apart_from_the_others_leads_nowhere(chosen: str, others: tuple[str, ...]) -> None:
    assert not leads_to(chosen, *others)
