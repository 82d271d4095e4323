"""What the stories share: the world in which everything has happened once."""

from datetime import datetime

import pytest

from advocacy.config import Config
from advocacy.db import Database
from tests.stories.world import World, walked


@pytest.fixture
def world(config: Config, database: Database, now: datetime) -> World:
    """Asked, signed, printed, delivered; two members wait, and somebody in the office asked for a link."""
    return walked(config, database, now)
