"""A version of a letter in short, in each language, and what is hard to read in it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "letter_summary",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("content_note", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_letter_summary_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "language", name=op.f("pk_letter_summary")),
    )


def downgrade() -> None:
    op.drop_table("letter_summary")
