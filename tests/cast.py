"""The people and the letter most stories begin with, as fixtures."""

from datetime import datetime

import pytest

from advocacy.db import Database
from advocacy.letters.models import LetterVersion
from tests import make
from tests.make import Cast


@pytest.fixture
def cast(database: Database, now: datetime) -> Cast:
    with database.transaction() as session:
        return make.cast(session, now)


@pytest.fixture
def letter(database: Database, cast: Cast, now: datetime) -> LetterVersion:
    """One version, approved and open, for the one office that posts nothing."""
    with database.transaction() as session:
        return make.letter(session, cast, now=now)
