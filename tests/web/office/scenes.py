"""The fictional scene the office tests of bills, positions and campaigns are played on."""

from datetime import datetime

from advocacy.db import Database
from advocacy.demo.scene import Scene, set_scene
from tests.page import Reader


def begun(database: Database, now: datetime) -> Scene:
    """The roster, the hands, the bill, and a campaign whose words are drafts."""
    with database.transaction() as session:
        return set_scene(session, now)


def sit_as(reader: Reader, scene: Scene, name: str) -> None:
    """Take the seat of somebody in the scene: amara and jo lead, sam drafts, noor steers, pat manages."""
    reader.post(f"/demo/{scene.hands[name]}")
    reader.get("/office/")
