"""Times typed on the clocks people live by."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from advocacy.web.moments import Later, Moment
from tests.web.conftest import Clock


class _Form(Form):
    at = Moment("When", [Later("It is over.")])


def read(app: Flask, typed: str, zone: str = "") -> _Form:
    with app.app_context():
        form = _Form(MultiDict({"at": typed}), meta={"zone": zone})
        form.validate()
    return form


@pytest.mark.parametrize("typed", ["2026-12-04T17:00", "2026-12-04 17:00", "2026-12-04T17:00:00"])
def test_a_time_is_an_instant_on_the_networks_clocks(app: Flask, typed: str) -> None:
    assert read(app, typed).at.data == datetime(2026, 12, 4, 22, 0, tzinfo=UTC)


def test_a_form_may_live_by_other_clocks(app: Flask) -> None:
    assert read(app, "2026-12-04T17:00", "Europe/Zurich").at.data == datetime(2026, 12, 4, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2027-03-14T02:30", "The clocks go forward that night"),
        ("2026-11-01T01:30", "this time comes twice"),
        ("9999-12-31T23:59", "Please give a day and a time"),
        ("0001-01-01T00:00", "Please give a day and a time"),
        ("next week", "Please give a day and a time"),
    ],
)
def test_a_time_that_cannot_be_has_no_instant_and_a_sentence(app: Flask, typed: str, says: str) -> None:
    form = read(app, typed)

    assert form.at.data is None
    assert says in form.at.errors[0]


def test_a_moment_that_is_over_is_not_later(app: Flask, clock: Clock) -> None:
    assert read(app, "2026-11-23T10:00").at.errors == ["It is over."]
    assert not read(app, "2026-11-23T10:01").at.errors


def test_a_moment_is_shown_as_it_was_typed_or_on_its_own_clocks(app: Flask) -> None:
    with app.app_context():
        kept = _Form(data={"at": datetime(2026, 12, 4, 22, 0, tzinfo=UTC)})
        assert 'value="2026-12-04T17:00"' in kept.at()
        assert 'value="soon"' in read(app, "soon").at()
