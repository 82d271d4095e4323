"""The clock, against another one."""

from datetime import timedelta

import pytest

from advocacy.doctor.clocks import check_clock
from advocacy.doctor.finding import State
from tests.conftest import NOW
from tests.doctor.servers import clock
from tests.programs import free_port


@pytest.mark.parametrize(
    ("off", "state"),
    [
        (timedelta(0), State.OK),
        (timedelta(seconds=-50), State.OK),
        (timedelta(minutes=3), State.WRONG),
        (timedelta(hours=-7), State.WRONG),
    ],
)
def test_a_clock_that_is_off_is_said(off: timedelta, state: State) -> None:
    with clock(NOW) as source:
        assert check_clock(source, NOW + off, lambda: "").state is state


@pytest.mark.parametrize(("said", "state"), [("yes", State.OK), ("no", State.WRONG), ("", State.LOOK)])
def test_where_nobody_else_is_asked_the_machine_answers(said: str, state: State) -> None:
    assert check_clock(f"http://127.0.0.1:{free_port()}", NOW, lambda: said).state is state


def test_an_answer_without_a_date_tells_no_time() -> None:
    with clock(None) as source:
        assert check_clock(source, NOW, lambda: "").state is State.LOOK
