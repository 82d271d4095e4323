"""Answers that must not tell by their haste whether somebody is known."""

import time
from ipaddress import IPv4Address, ip_address

from flask import Blueprint, Response, g


def hold_back(began: float, seconds: float) -> None:
    """Wait until this many seconds have gone by since `began`, by the monotonic clock."""
    time.sleep(max(0.0, began + seconds - time.monotonic()))


def keep_pace(door: Blueprint) -> None:
    """Let no answer of this door leave before it has been held for `g.held_for` seconds; none is kept."""
    door.before_request(_begin)
    door.after_request(_hush)


def _begin() -> None:
    g.began, g.held_for = time.monotonic(), 0.0


def _hush(answer: Response) -> Response:
    hold_back(g.get("began", 0.0), g.get("held_for", 0.0))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def network_of(address: str) -> str:
    """A shelter shares one address and a phone changes its own: so it is the neighbourhood that counts."""
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    bits = 8 if isinstance(known, IPv4Address) else 80
    return f"{known.version} {int(known) >> bits}"
