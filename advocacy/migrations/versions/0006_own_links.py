"""A link may belong to a person; lost links are asked for without looking anybody up."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("link") as link:
        link.alter_column("invitation_id", existing_type=sa.Uuid(), nullable=True)
        link.add_column(sa.Column("person_id", sa.Uuid(), nullable=True))
        link.create_foreign_key(op.f("fk_link_person_id_person"), "person", ["person_id"], ["id"])
        link.create_index(op.f("ix_link_person_id"), ["person_id"])
    op.create_table(
        "lost_link",
        sa.Column("mailbox", sa.LargeBinary(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name=op.f("pk_lost_link")),
    )
    op.create_index(op.f("ix_lost_link_waiting"), "lost_link", ["waiting"])


def downgrade() -> None:
    op.drop_index(op.f("ix_lost_link_waiting"), "lost_link")
    op.drop_table("lost_link")
    op.execute("DELETE FROM link WHERE invitation_id IS NULL")
    with op.batch_alter_table("link") as link:
        link.drop_index(op.f("ix_link_person_id"))
        link.drop_constraint(op.f("fk_link_person_id_person"), type_="foreignkey")
        link.drop_column("person_id")
        link.alter_column("invitation_id", existing_type=sa.Uuid(), nullable=False)
