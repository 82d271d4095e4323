"""Sign-ons held back until somebody has looked at their lines, and how lines look."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("sign_on_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["sign_on_id"], ["sign_on.id"], name=op.f("fk_hold_sign_on_id_sign_on")),
        sa.PrimaryKeyConstraint("sign_on_id", name=op.f("pk_hold")),
    )
    op.create_table(
        "line_look",
        sa.Column("sign_on_id", sa.Uuid(), nullable=False),
        sa.Column("look", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["sign_on_id"], ["sign_on.id"], name=op.f("fk_line_look_sign_on_id_sign_on")),
        sa.PrimaryKeyConstraint("sign_on_id", "look", name=op.f("pk_line_look")),
    )
    op.create_index(op.f("ix_line_look_look"), "line_look", ["look"])


def downgrade() -> None:
    op.drop_table("line_look")
    op.drop_table("hold")
