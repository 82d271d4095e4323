"""Which bill goes on with which, and when the session of a state ends."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "session_end",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "session", name=op.f("pk_session_end")),
    )
    op.create_table(
        "succession",
        sa.Column("later_id", sa.Uuid(), nullable=False),
        sa.Column("earlier_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["later_id"], ["bill.id"], name=op.f("fk_succession_later_id_bill")),
        sa.ForeignKeyConstraint(["earlier_id"], ["bill.id"], name=op.f("fk_succession_earlier_id_bill")),
        sa.PrimaryKeyConstraint("later_id", name=op.f("pk_succession")),
    )
    op.create_index(op.f("ix_succession_earlier_id"), "succession", ["earlier_id"])


def downgrade() -> None:
    op.drop_table("succession")
    op.drop_table("session_end")
