"""How fast the door answers those it does not know: all alike, slower when somebody guesses, never locked."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from advocacy import vault
from advocacy.web.patience import network_of

# Looking up an expired key costs a little more than an unknown one. Both are answered only after this long.
SHORTEST = 0.2


def buckets(session: Session, address: str, today: date) -> Sequence[bytes]:
    """Where wrong codes are counted: one bucket for all, one for this network on this day, as keyed marks."""
    network = f"{today} {network_of(address)}"
    return vault.index(session, "throttle.all", ""), vault.index(session, "throttle.network", network)
