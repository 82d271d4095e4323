"""What is said of a letter when a bill it is about gets a new text."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bill_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text_kind", sa.String(), nullable=False),
        sa.Column("text_on", sa.Date(), nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_check_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_bill_check_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_check")),
        sa.UniqueConstraint("version_id", "bill_id", "n", name=op.f("uq_bill_check_version_id_bill_id_n")),
    )


def downgrade() -> None:
    op.drop_table("bill_check")
