"""Bills tied to a bill, its summary and subjects, and how often a hearing moved."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEW = (
    ("bill", "summary", sa.String(), ""),
    ("bill", "subjects", sa.JSON(), "[]"),
    ("hearing", "moves", sa.Integer(), "0"),
)


def upgrade() -> None:
    for table, column, kind, default in _NEW:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, kind, nullable=False, server_default=default))
        with op.batch_alter_table(table) as batch:
            batch.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)
    op.create_table(
        "related_bill",
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("kind", "jurisdiction", "session", "identifier", "title", "told_by")
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_related_bill_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["source_reading.id"], name=op.f("fk_related_bill_reading_id_source_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_related_bill")),
    )
    op.create_index(op.f("ix_related_bill_bill_id"), "related_bill", ["bill_id"])


def downgrade() -> None:
    op.drop_table("related_bill")
    for table, column, _, _ in _NEW:
        with op.batch_alter_table(table) as batch:
            batch.drop_column(column)
