"""Which numbers of people may be told in the office. Pure.

A number is told only where those it counts, and those it leaves out, are each five or more: from "6 asked,
5 said yes" anybody can tell what the sixth did.
"""

FEWEST_TOLD = 5
FEW = "fewer than five"
NEARLY_ALL = "nearly all"
NOT_TOLD = "not told"


def told(number: int) -> str:
    """A number of people that hides nobody: as it is from five up."""
    return str(number) if number >= FEWEST_TOLD else FEW


def told_part(part: int, whole: int) -> str:
    """How many of a known whole, without telling a few of them, or a few of the others, apart.

    While the whole is under ten there is no number that does not, so nothing is told.
    """
    if whole < 2 * FEWEST_TOLD:
        return NOT_TOLD
    return NEARLY_ALL if whole - part < FEWEST_TOLD else told(part)
