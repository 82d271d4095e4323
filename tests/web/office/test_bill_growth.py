"""The small picture of a bill's cosponsors, and its words."""

from datetime import date, datetime, timedelta

from advocacy.bills.actions import track
from advocacy.bills.snapshot import SponsorFact
from advocacy.db import Database
from advocacy.web.office.bill_growth import HIGH, WIDE, growth
from tests.bills import made
from tests.make import Cast
from tests.page import Reader
from tests.web.office.papers import sit

BEGAN = date(2026, 3, 2)


def joined(*days: int) -> tuple[SponsorFact, ...]:
    return tuple(
        SponsorFact(f"Mẫu {n}", person_code=f"X{n}", joined_on=BEGAN + timedelta(days=day))
        for n, day in enumerate(days)
    )


def test_the_line_goes_up_on_the_day_somebody_joined() -> None:
    found = growth(joined(0, 0, 5, 10))

    assert found is not None
    assert (found.first, found.last, found.last_on) == (2, 4, BEGAN + timedelta(days=10))
    points = [tuple(map(float, point.split(","))) for point in found.points.split(" ")]
    assert points[0] == (0.0, HIGH) and points[-1] == (WIDE, 0.0)
    assert points[1:4] == [(0.0, HIGH), (0.0, HIGH / 2), (WIDE / 2, HIGH / 2)]


def test_too_few_days_make_no_picture() -> None:
    assert growth(joined(0, 0, 5)) is None
    assert growth((SponsorFact("Nobody"),)) is None


def test_the_page_says_in_words_what_it_draws(
    reader: Reader, cast: Cast, database: Database, now: datetime
) -> None:
    sit(reader, cast.sam)
    with database.transaction() as session:
        bill = track(session, made.snapshot(sponsors=(made.LEAD, *joined(0, 5, 10))), now).bill_id

    seen = reader.get(f"/office/bills/{bill}")
    assert "From 1 cosponsor on 2 March 2026 to 3 on 12 March 2026." in seen.words
    assert seen.soup.select_one("figure.growth polyline") is not None
