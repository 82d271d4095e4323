"""When each bill is looked at next, what changed by each service's listing, and how each service does."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bill_turn",
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("held_until_at", _MOMENT, nullable=True),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_turn_bill_id_bill")),
        sa.PrimaryKeyConstraint("bill_id", name=op.f("pk_bill_turn")),
    )
    op.create_index(op.f("ix_bill_turn_due_at"), "bill_turn", ["due_at"])
    op.create_table(
        "source_listing",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("told_until_at", _MOMENT, nullable=True),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("held_until_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("source", "jurisdiction", "session", name=op.f("pk_source_listing")),
    )
    op.create_table(
        "source_state",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("filled_at", _MOMENT, nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until_at", _MOMENT, nullable=True),
        sa.Column("refused_at", _MOMENT, nullable=True),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("trouble_since", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_state")),
    )


def downgrade() -> None:
    for table in ("source_state", "source_listing", "bill_turn"):
        op.drop_table(table)
