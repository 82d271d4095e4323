"""Every table in one place: what migrations must end at, and what a test database begins with."""

from advocacy import audit, throttling, vault
from advocacy.bills import fulltext
from advocacy.bills import models as bills
from advocacy.bills.desk import asked
from advocacy.bills.desk import models as desk
from advocacy.bills.legislators import models as legislators
from advocacy.bills.lineage import models as lineage
from advocacy.bills.news import models as news
from advocacy.bills.refreshing import models as refreshing
from advocacy.bills.texts import models as texts
from advocacy.campaigns import models as campaigns
from advocacy.db import Base
from advocacy.editions import models as editions
from advocacy.letters import models as letters
from advocacy.mail import models as mail
from advocacy.organisations import models as organisations
from advocacy.people import custody
from advocacy.people import models as people
from advocacy.positions import models as positions
from advocacy.signons import models as signons

ROOMS = (
    audit,
    throttling,
    vault,
    people,
    custody,
    mail,
    bills,
    legislators,
    lineage,
    news,
    refreshing,
    texts,
    fulltext,
    desk,
    asked,
    positions,
    letters,
    organisations,
    signons,
    editions,
    campaigns,
)
"""Every module that keeps rows."""


def is_ours(_thing: object, name: str | None, _kind: str, _is_there: bool, _beside: object) -> bool:
    """Whether a step is asked to care: what the search made for itself is beside the tables, not of them."""
    return not (name or "").startswith(fulltext.UNMAPPED)


METADATA = Base.metadata
"""All their tables, and the rules of the database that come with them."""
