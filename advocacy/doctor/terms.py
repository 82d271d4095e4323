"""Whether there are people to run this: without their terms nobody can send, second or let anybody in."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy.orm import Session

from advocacy.doctor.finding import Finding, look, ok, wrong
from advocacy.people.queries import holders
from advocacy.people.roles import Role

_SOON = timedelta(days=30)
_PROPOSED = "The manager proposes it under Roles and terms, and a custodian agrees."
_NEEDED = {
    Role.MANAGER: (1, "Run: advocacy admin invite ADDRESS"),
    Role.CUSTODIAN: (2, "Run: advocacy admin invite ADDRESS --role custodian"),
    Role.PWG_COFACILITATOR: (2, _PROPOSED),
    Role.MEMBERSHIP_COFACILITATOR: (1, _PROPOSED),
}


def check_terms(session: Session, today: date) -> Iterator[Finding]:
    """Whether each role that nothing works without is held today, and in thirty days."""
    for role, (needed, mend) in _NEEDED.items():
        yield _held(session, role, needed, mend, today)


def _held(session: Session, role: Role, needed: int, mend: str, today: date) -> Finding:
    about = f"terms.{role}"
    now, soon = (len(holders(session, (role,), day)) for day in (today, today + _SOON))
    asked = f"{role.label}: {needed} needed"
    if now < needed:
        return wrong(about, f"{asked}, {now} in office.", mend)
    if soon < needed:
        return look(about, f"{asked}, and in 30 days only {soon} will be in office.", mend)
    return ok(about, f"{asked}, {now} in office.")
