"""Why custodians let a stopped print through."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("held_print", sa.Column("why", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("held_print") as table:
        table.drop_column("why")
