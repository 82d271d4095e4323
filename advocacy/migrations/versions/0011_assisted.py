"""Sign-ons that somebody helped with, by phone, in person or on paper."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "assisted_sign_on",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("helped_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("read_sha256", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("helped_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitation.id"],
            name=op.f("fk_assisted_sign_on_invitation_id_invitation"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["letter_version.id"],
            name=op.f("fk_assisted_sign_on_version_id_letter_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assisted_sign_on")),
    )
    op.create_index(op.f("ix_assisted_sign_on_invitation_id"), "assisted_sign_on", ["invitation_id"])


def downgrade() -> None:
    op.drop_table("assisted_sign_on")
