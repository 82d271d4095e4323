"""What whoever signs is paid for it. A sign-on letter is unpaid until somebody says otherwise."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("pay_dollars", sa.Integer(), nullable=True))
    op.execute(sa.text("UPDATE letter SET pay_dollars = 0 WHERE kind <> 'testimony'"))


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_column("pay_dollars")
