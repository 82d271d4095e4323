"""The picture of a bill's way."""

import pytest

from advocacy.bills.identifiers import make_key, parse_reference
from advocacy.bills.status import Stage
from advocacy.web.office.bill_way import way

BILL = make_key("us", "119", "HR 9001")


def drawn(reference: str, stage: Stage) -> str:
    marks = {"done": "•", "here": "X", "later": "-", "ended": "E"}
    return "".join(marks[stop.state] for stop in way(parse_reference(reference), stage))


@pytest.mark.parametrize(
    ("reference", "stage", "picture"),
    [
        ("us 119 HR 1", Stage.RESERVED, "------"),
        ("us 119 HR 1", Stage.INTRODUCED, "X-----"),
        ("us 119 HR 1", Stage.ORDERED_REPORTED, "•X----"),
        ("us 119 HR 1", Stage.REPORTED, "••X---"),
        ("us 119 HR 1", Stage.PASSED_BOTH, "••••X-"),
        ("us 119 HR 1", Stage.LAW, "•••••X"),
        ("us 119 SRES 39", Stage.AGREED, "•••X"),
        ("us 119 SRES 39", Stage.IN_COMMITTEE, "•X--"),
        ("us 119 HCONRES 14", Stage.PASSED_ONE, "•••X-"),
        ("us 119 HCONRES 14", Stage.AGREED, "••••X"),
        ("us 119 HR 1", Stage.DIED, "•E"),
        ("de 153 HB 201", Stage.PRESENTED, "••••X-"),
    ],
)
def test_the_picture_shows_how_far_a_bill_has_come(reference: str, stage: Stage, picture: str) -> None:
    assert drawn(reference, stage) == picture


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("reference", ["us 119 HR 1", "us 119 HRES 1", "us 119 SCONRES 1", "de 153 HB 201"])
def test_every_stage_has_a_picture_with_at_most_one_place_to_be(reference: str, stage: Stage) -> None:
    states = [stop.state for stop in way(parse_reference(reference), stage)]

    assert sum(state in ("here", "ended") for state in states) == (
        0 if stage in (Stage.UNKNOWN, Stage.RESERVED) else 1
    )


@pytest.mark.parametrize("stage", [Stage.VETOED, Stage.FAILED, Stage.WITHDRAWN, Stage.DIED])
def test_an_ended_bill_does_not_claim_how_far_it_came(stage: Stage) -> None:
    assert [stop.label for stop in way(BILL, stage)] == ["Introduced", str(stage).capitalize()]
