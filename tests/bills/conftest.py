"""What the tests of bills stand on."""

from collections.abc import Iterator

import pytest

from advocacy.bills.sources.asking import Patience
from advocacy.bills.sources.congress import CongressSource, congress
from tests.bills.congress_server import KEY, CongressServer

HURRY = Patience(connect=1, read=0.4, retries=1, pause=0, longest_pause=1, whole=0.6)


@pytest.fixture
def server() -> Iterator[CongressServer]:
    """Congress.gov on this machine."""
    with CongressServer().running() as running:
        yield running


@pytest.fixture
def source(server: CongressServer) -> CongressSource:
    """The real client, pointed at it, in a hurry."""
    return congress(server.address, KEY, HURRY)
