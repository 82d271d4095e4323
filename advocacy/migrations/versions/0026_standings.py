"""Where each bill stands is kept on its row. It is filled in from the steps once the tables are there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WORDS = ("stage", "stage_told", "rule", "because", "last_action")


def upgrade() -> None:
    with op.batch_alter_table("bill") as bill:
        for name in _WORDS:
            bill.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        bill.add_column(sa.Column("last_action_on", sa.Date(), nullable=True))
    with op.batch_alter_table("bill") as bill:
        for name in _WORDS:
            bill.alter_column(name, existing_type=sa.String(), existing_nullable=False, server_default=None)
        bill.create_index(op.f("ix_bill_stage"), ["stage"], unique=False)
        bill.create_index(op.f("ix_bill_last_action_on"), ["last_action_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("bill") as bill:
        bill.drop_index(op.f("ix_bill_last_action_on"))
        bill.drop_index(op.f("ix_bill_stage"))
        for name in ("last_action_on", *_WORDS):
            bill.drop_column(name)
