"""Fetches the printed texts of bills, each once, from public addresses alone."""

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

_LARGEST = 30_000_000
_REDIRECTS = 4
_CONNECT, _READ, _WHOLE = 5.0, 30.0, 120.0


class CannotFetch(Exception):
    """The text cannot be fetched now. It can be opened where it is published."""


@dataclass(frozen=True)
class Fetched:
    """What came: its kind, its bytes, and the address that sent it."""

    media: str
    data: bytes
    address: str


def is_public(address: str) -> bool:
    """Whether an address is one of the public web: no name of this machine, or of the network around it."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        return False
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        return False
    return bool(found) and all(ipaddress.ip_address(one[4][0]).is_global for one in found)


def fetch(address: str, allowed: Callable[[str], bool] = is_public) -> Fetched:
    """What stands at an address, or `CannotFetch`. Every address on the way is looked at first."""
    host = urlsplit(address).hostname
    try:
        with requests.Session() as session:
            session.headers["User-Agent"] = "Advocacy campaign desk"
            for _ in range(_REDIRECTS + 1):
                host = urlsplit(address).hostname
                if not allowed(address):
                    raise CannotFetch(f"{host} is not an address of the public web.")
                wait = (_CONNECT, _READ)
                response = session.get(address, timeout=wait, allow_redirects=False, stream=True)
                if not response.is_redirect:
                    return _received(response, address)
                address = urljoin(address, response.headers["Location"])
    except (requests.RequestException, HTTPError, OSError, UnicodeError):
        raise CannotFetch(f"{host} does not answer. Try again later.") from None
    raise CannotFetch(f"{host} sends us round in circles.")


def _received(response: requests.Response, address: str) -> Fetched:
    host = urlsplit(address).hostname
    if response.status_code != 200:
        raise CannotFetch(f"{host} answered {response.status_code}.")
    received, until = bytearray(), time.monotonic() + _WHOLE
    while piece := response.raw.read1(65536, decode_content=True):
        received += piece
        if len(received) > _LARGEST or time.monotonic() > until:
            raise CannotFetch(f"{host} sends too much, or too slowly.")
    media = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
    return Fetched(media, bytes(received), address)
