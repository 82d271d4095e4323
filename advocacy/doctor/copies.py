"""Whether the keys outlive this machine: the custodians' copies, proved by opening what is stored."""

from datetime import date

from sqlalchemy.orm import Session

from advocacy.doctor.finding import Finding, look, ok, wrong
from advocacy.people.custody import NEEDED, copies

_HOW = "Make and prove them: advocacy keys copy, advocacy keys prove"


def check_copies(session: Session, today: date) -> Finding:
    """Whether two custodians in office have proved their copies; without that no letter opens."""
    found = copies(session, today)
    told = f"Proved copies of the keys that count: {found.counting} of {NEEDED}."
    if not found.are_enough:
        return wrong("keys.copies", f"{told} No letter can open for sign-ons.", _HOW)
    if found.enough_until:
        says = (
            f"{told} They count until {found.enough_until}, for there is a newer key. Then no letter opens."
        )
        return look("keys.copies", says, _HOW)
    return ok("keys.copies", told)
