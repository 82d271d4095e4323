"""How fast the door answers those it does not know: all alike, slower when somebody guesses, never locked."""

from collections.abc import Sequence
from datetime import date
from ipaddress import IPv4Address, ip_address

from sqlalchemy.orm import Session

from advocacy import vault

# Looking up an expired key costs a little more than an unknown one. Both are answered only after this long.
SHORTEST = 0.2


def buckets(session: Session, address: str, today: date) -> Sequence[bytes]:
    """Where wrong codes are counted: one bucket for all, one for this network on this day, as keyed marks."""
    network = f"{today} {_network(address)}"
    return vault.index(session, "throttle.all", ""), vault.index(session, "throttle.network", network)


def _network(address: str) -> str:
    """A shelter shares one address and a phone changes its own: so it is the neighbourhood that counts."""
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    bits = 8 if isinstance(known, IPv4Address) else 80
    return f"{known.version} {int(known) >> bits}"
