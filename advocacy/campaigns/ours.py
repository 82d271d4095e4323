"""Which bills we ourselves do something about, for a list of bills to be narrowed by."""

from uuid import UUID

from sqlalchemy import Select, func, select, union

from advocacy.campaigns.models import CampaignBill
from advocacy.positions.models import PositionStance, PositionVersion


def bills_of_ours() -> Select[UUID]:
    """The bills that a campaign is about, or on which the newest words of a position take a stance."""
    newest = (
        select(PositionVersion.position_id, func.max(PositionVersion.n).label("n"))
        .group_by(PositionVersion.position_id)
        .subquery()
    )
    spoken = select(PositionStance.bill_id).join(PositionVersion)
    spoken = spoken.join(
        newest, (newest.c.position_id == PositionVersion.position_id) & (newest.c.n == PositionVersion.n)
    )
    both = union(spoken, select(CampaignBill.bill_id)).subquery()
    return select(both.c.bill_id)
