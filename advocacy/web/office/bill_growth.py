"""How a bill gathered its cosponsors over time, as a small picture that its own words say too."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.bills.snapshot import SponsorFact

WIDE, HIGH = 240, 48
"""The size of the picture, in its own units."""

_FEWEST = 3


@dataclass(frozen=True)
class Growth:
    """The line of the picture, and what it says: how many on the first day, how many on the last."""

    points: str
    first_on: date
    first: int
    last_on: date
    last: int


def growth(cosponsors: Sequence[SponsorFact]) -> Growth | None:
    """The growth of those whose day is known; nothing where a picture would show nothing."""
    days = Counter(one.joined_on for one in cosponsors if one.joined_on is not None)
    order = sorted(days)
    if len(order) < _FEWEST:
        return None
    span, total = (order[-1] - order[0]).days, sum(days.values())
    points, so_far = [(0.0, float(HIGH))], 0
    for on in order:
        x = WIDE * (on - order[0]).days / span
        # A step goes up on its day: nobody joined in between.
        points.append((x, HIGH - HIGH * so_far / total))
        so_far += days[on]
        points.append((x, HIGH - HIGH * so_far / total))
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Growth(drawn, order[0], days[order[0]], order[-1], total)
