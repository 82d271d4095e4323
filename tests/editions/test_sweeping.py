"""A void file that never left is gone from the disk, and nothing else is."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from advocacy.db import Database
from advocacy.editions.models import Edition
from advocacy.editions.sweeping import destroy_all_void
from tests import make
from tests.make import FULL, Cast


@pytest.mark.sqlite
def test_every_void_file_goes_and_leaves_no_trace(database: Database, cast: Cast, now: datetime) -> None:
    with database.transaction() as session:
        versions = [make.letter(session, cast, now=now, body=f"Letter {n}.") for n in range(3)]
        for version in versions:
            make.sign(session, version.letter_id, cast.wren, now, FULL)
        made = [make.frozen(session, version, cast, now) for version in versions]
    assert destroy_all_void(database, now) == 0

    sealed = [one.pdf for one in made]
    with database.transaction() as session:
        for version in versions[:2]:
            make.withdraw(session, version.letter_id, cast.wren, now)
    assert destroy_all_void(database, now) == 2
    assert destroy_all_void(database, now) == 0

    path = Path(make_url(str(database.engine.url)).database or "")
    on_disk = b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))
    assert [pdf is not None and pdf in on_disk for pdf in sealed] == [False, False, True]
    with database.reading() as session:
        assert [session.get_one(Edition, one.id).pdf is None for one in made] == [True, True, False]
