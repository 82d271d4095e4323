"""The zones a time was meant in, and who wants to hear when a letter opens again."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("time_zone", sa.String(), nullable=True))
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closes_zone", sa.String(), nullable=True))
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("time_zone", sa.String(), server_default="UTC", nullable=False))
    op.create_table(
        "ask_again",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_ask_again_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_ask_again")),
    )


def downgrade() -> None:
    op.drop_table("ask_again")
    for table, column in (("consent", "time_zone"), ("opening", "closes_zone"), ("person", "time_zone")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
