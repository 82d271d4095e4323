"""What is true for whoever comes off a letter: sentences by their key, and the copies they speak of."""

from dataclasses import dataclass
from datetime import date

from advocacy.clock import day_in
from advocacy.editions.queries import Went
from advocacy.web.pages import desk


@dataclass(frozen=True)
class Copy:
    """One copy that left with this line in it."""

    office: str
    on: date


@dataclass(frozen=True)
class Truth:
    """One sentence, by its key, and the copies it speaks of."""

    key: str
    copies: tuple[Copy, ...] = ()


def copy_that_went(went: Went) -> Copy:
    """A copy as people are told of it: its day by the network's clocks."""
    return Copy(went.office, day_in(desk().config.time_zone, went.on))
