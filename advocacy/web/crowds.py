"""How fast the way into the office may be tried from one network. Nothing is ever locked."""

from datetime import datetime, timedelta

from flask import request

from advocacy import vault
from advocacy.throttling import count_in
from advocacy.web.pages import desk
from advocacy.web.patience import network_of

A_MINUTE = timedelta(minutes=1)
MOST = 20


class TooFast(Exception):
    """There were many tries from your network this minute. Nothing is locked: wait a minute, then go on."""


def slow_down(now: datetime) -> None:
    """Count one try from this network, or raise `TooFast`; other networks, and every account, go on."""
    with desk().database.transaction() as session:
        network = f"{desk().today(now)} {network_of(request.remote_addr or '')}"
        tried = count_in(session, vault.index(session, "throttle.office", network), A_MINUTE, now)
    if tried > MOST:
        raise TooFast
