"""Who said that a change is only a typo, and who agreed, stands with every other act that took two."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ACT = "letter.typo"
_ACTS = sa.table(
    "seconded_act",
    *(sa.column(name, sa.Uuid()) for name in ("id", "about_id", "proposed_by", "seconded_by")),
    *(sa.column(name, sa.String()) for name in ("act", "hash")),
    *(
        sa.column(name, sa.DateTime(timezone=True))
        for name in ("proposed_at", "until_at", "seconded_at", "used_at")
    ),
)
_AGREED_BEFORE = sa.text(
    "SELECT said.version_id AS about_id, said.proposed_by, said.proposed_at,"
    " said.confirmed_by AS seconded_by, said.confirmed_at AS seconded_at,"
    " earlier.sha256 AS old_sha256, later.sha256 AS new_sha256"
    " FROM text_change AS said"
    " JOIN letter_version AS later ON later.id = said.version_id"
    " JOIN letter_version AS earlier ON earlier.id = said.before_id"
    " JOIN person AS one ON one.id = said.proposed_by"
    " JOIN person AS other ON other.id = said.confirmed_by"
    " WHERE said.kind = 'typo' AND NOT EXISTS (SELECT 1 FROM seconded_act"
    " WHERE act = 'letter.typo' AND about_id = said.version_id AND used_at IS NOT NULL)"
).columns(
    about_id=sa.Uuid(),
    proposed_by=sa.Uuid(),
    seconded_by=sa.Uuid(),
    proposed_at=sa.DateTime(timezone=True),
    seconded_at=sa.DateTime(timezone=True),
)
_AGREED_SINCE = (
    "(SELECT {column} FROM seconded_act"
    " WHERE act = 'letter.typo' AND about_id = text_change.version_id AND used_at IS NOT NULL LIMIT 1)"
)


def upgrade() -> None:
    found = op.get_bind().execute(_AGREED_BEFORE).mappings().all()
    agreed = [_agreed(dict(row)) for row in found]
    if agreed:
        op.bulk_insert(_ACTS, agreed)
    with op.batch_alter_table("text_change") as change:
        for column in ("proposed_by", "proposed_at", "confirmed_by", "confirmed_at"):
            change.drop_column(column)


def _agreed(row: dict[str, object]) -> dict[str, object]:
    mark = sha256(f"{row.pop('old_sha256')} {row.pop('new_sha256')}".encode()).hexdigest()
    moment = row["seconded_at"]
    return {**row, "id": uuid4(), "act": _ACT, "hash": mark, "until_at": moment, "used_at": moment}


def downgrade() -> None:
    # Whoever opened other words stands with the opening, and is not written down here once more.
    with op.batch_alter_table("text_change") as change:
        for column in ("proposed_by", "confirmed_by"):
            change.add_column(sa.Column(column, sa.Uuid(), nullable=True))
        for column in ("proposed_at", "confirmed_at"):
            change.add_column(sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    for column, source in (
        ("proposed_by", "proposed_by"),
        ("proposed_at", "proposed_at"),
        ("confirmed_by", "seconded_by"),
        ("confirmed_at", "seconded_at"),
    ):
        told = _AGREED_SINCE.format(column=source)
        op.execute(sa.text(f"UPDATE text_change SET {column} = {told} WHERE kind = 'typo'"))  # noqa: S608
