"""What a new text changes: a typo, which two people agree on, or the meaning."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "text_change",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("before_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["before_id"], ["letter_version.id"], name=op.f("fk_text_change_before_id_letter_version")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_text_change_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "before_id", name=op.f("pk_text_change")),
    )


def downgrade() -> None:
    op.drop_table("text_change")
