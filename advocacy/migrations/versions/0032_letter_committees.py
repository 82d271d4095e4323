"""The committees a letter was written to, and which offices that was."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "letter_committee",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("whom", sa.String(), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_letter_committee_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_committee_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("letter_id", "committee_id", name=op.f("pk_letter_committee")),
    )


def downgrade() -> None:
    op.drop_table("letter_committee")
