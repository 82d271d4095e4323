"""News of bills, each once, and who wants to be told of them and how."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "bill_news",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=True),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_news_bill_id_bill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_news")),
        sa.UniqueConstraint("mark", name=op.f("uq_bill_news_mark")),
    )
    op.create_index(op.f("ix_bill_news_bill_id"), "bill_news", ["bill_id"])
    op.create_index(op.f("ix_bill_news_told_at"), "bill_news", ["told_at"])
    op.create_table(
        "bill_reader",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mail_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("feed_hash", sa.LargeBinary(), nullable=True),
        sa.Column("feed_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bill_reader_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_bill_reader")),
        sa.UniqueConstraint("feed_hash", name=op.f("uq_bill_reader_feed_hash")),
    )
    op.create_table(
        "bill_watch",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_bill_watch_bill_id_bill")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bill_watch_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "bill_id", name=op.f("pk_bill_watch")),
    )
    op.create_index(op.f("ix_bill_watch_bill_id"), "bill_watch", ["bill_id"])
    op.create_table(
        "tag_watch",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tag_watch_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "tag", name=op.f("pk_tag_watch")),
    )
    op.create_index(op.f("ix_tag_watch_tag"), "tag_watch", ["tag"])


def downgrade() -> None:
    for table in ("tag_watch", "bill_watch", "bill_reader", "bill_news"):
        op.drop_table(table)
