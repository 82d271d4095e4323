"""The words of bills, and the index in which they are searched, filled in once the tables are there."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from advocacy.bills import fulltext

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_COUNTED = "ix_bill_jurisdiction_session_stage_stage_told"


def upgrade() -> None:
    op.create_table(
        "bill_words",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("sponsors", sa.String(), nullable=False),
        sa.Column("steps", sa.String(), nullable=False),
        sa.Column("plain", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_words_bill_id_bill")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_bill_words")),
        sa.UniqueConstraint("bill_id", name=op.f("uq_bill_words_bill_id")),
    )
    fulltext.build(op.get_bind())
    op.drop_index(op.f("ix_bill_stage"), table_name="bill")
    op.create_index(op.f(_COUNTED), "bill", ["jurisdiction", "session", "stage", "stage_told"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f(_COUNTED), table_name="bill")
    op.create_index(op.f("ix_bill_stage"), "bill", ["stage"], unique=False)
    fulltext.raze(op.get_bind())
    op.drop_table("bill_words")
