"""Why an act that takes two is proposed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("seconded_act", sa.Column("why", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("seconded_act") as table:
        table.drop_column("why")
