"""Days as she lives them: by her own clocks where she told us of them, otherwise the network's."""

from advocacy.signons.visits import Visit
from advocacy.web.pages import desk


def zone_of(visit: Visit) -> str:
    """Whose midnight ends her days."""
    return visit.time_zone or desk().config.time_zone
