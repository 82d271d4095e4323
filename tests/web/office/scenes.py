"""Taking a seat in the fictional scene on which the office tests are played."""

from advocacy.demo.scene import Scene
from tests.page import Reader


def sit_as(reader: Reader, scene: Scene, name: str) -> None:
    """Take the seat of somebody in the scene: amara and jo lead, sam drafts, noor steers, pat manages."""
    reader.post(f"/demo/{scene.hands[name]}")
    reader.get("/office/ways-in")
