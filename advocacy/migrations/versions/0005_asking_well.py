"""Who asked us to rest, and on which day a letter's people were reminded."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("rests_until", sa.Date(), nullable=True))
    with op.batch_alter_table("letter") as table:
        table.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("letter") as table:
        table.drop_column("reminded_on")
    with op.batch_alter_table("person") as table:
        table.drop_column("rests_until")
