"""What a withdrawal can put back for seven days, and the offices that are asked to use a newer copy."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "undo",
        sa.Column("sign_on_id", sa.Uuid(), nullable=False),
        sa.Column("consents", sa.String(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["sign_on_id"], ["sign_on.id"], name=op.f("fk_undo_sign_on_id_sign_on")),
        sa.PrimaryKeyConstraint("sign_on_id", name=op.f("pk_undo")),
    )
    op.create_table(
        "correction_wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_on_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_on_id"], ["sign_on.id"], name=op.f("fk_correction_wish_sign_on_id_sign_on")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_wish")),
        sa.UniqueConstraint(
            "sign_on_id", "recipient_id", name=op.f("uq_correction_wish_sign_on_id_recipient_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("correction_wish")
    op.drop_table("undo")
