"""What we say of a bill ourselves: who looks after it, how pressing it is, its tags, and notes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bill_work",
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_work_bill_id_bill")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_bill_work_owner_id_person")),
        sa.PrimaryKeyConstraint("bill_id", name=op.f("pk_bill_work")),
    )
    op.create_index(op.f("ix_bill_work_owner_id"), "bill_work", ["owner_id"])
    op.create_index(op.f("ix_bill_work_priority"), "bill_work", ["priority"])
    op.create_table(
        "bill_tag",
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_tag_bill_id_bill")),
        sa.PrimaryKeyConstraint("bill_id", "tag", name=op.f("pk_bill_tag")),
    )
    op.create_index(op.f("ix_bill_tag_tag"), "bill_tag", ["tag"])
    op.create_table(
        "bill_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_bill_note_author_id_person")),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_note_bill_id_bill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_note")),
    )
    op.create_index(op.f("ix_bill_note_author_id"), "bill_note", ["author_id"])
    op.create_index(op.f("ix_bill_note_bill_id"), "bill_note", ["bill_id"])


def downgrade() -> None:
    for table in ("bill_note", "bill_tag", "bill_work"):
        op.drop_table(table)
