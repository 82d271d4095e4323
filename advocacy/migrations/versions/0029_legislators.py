"""Legislators, their names and offices, committees and who sits on them from a day to a day."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "legislator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("chamber", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legislator")),
        sa.UniqueConstraint("code", name=op.f("uq_legislator_code")),
    )
    op.create_index(op.f("ix_legislator_jurisdiction"), "legislator", ["jurisdiction"])
    op.create_table(
        "legislator_name",
        sa.Column("legislator_id", sa.Uuid(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislator_id"], ["legislator.id"], name=op.f("fk_legislator_name_legislator_id_legislator")
        ),
        sa.PrimaryKeyConstraint("legislator_id", "folded", name=op.f("pk_legislator_name")),
    )
    op.create_index(op.f("ix_legislator_name_folded"), "legislator_name", ["folded"])
    op.create_table(
        "name_said",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("legislator_id", sa.Uuid(), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["legislator_id"], ["legislator.id"], name=op.f("fk_name_said_legislator_id_legislator")
        ),
        sa.PrimaryKeyConstraint("jurisdiction", "folded", name=op.f("pk_name_said")),
    )
    op.create_index(op.f("ix_name_said_legislator_id"), "name_said", ["legislator_id"])
    op.create_table(
        "legislator_office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("legislator_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("fax", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("contact_form", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["legislator_id"], ["legislator.id"], name=op.f("fk_legislator_office_legislator_id_legislator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legislator_office")),
    )
    op.create_index(op.f("ix_legislator_office_legislator_id"), "legislator_office", ["legislator_id"])
    op.create_table(
        "committee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("chamber", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("code", name=op.f("uq_committee_code")),
    )
    op.create_index(op.f("ix_committee_jurisdiction"), "committee", ["jurisdiction"])
    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("committee_id", sa.Uuid(), nullable=False),
        sa.Column("legislator_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["legislator_id"], ["legislator.id"], name=op.f("fk_seat_legislator_id_legislator")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_seat_committee_id_committee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_committee_id"), "seat", ["committee_id"])
    op.create_index(op.f("ix_seat_legislator_id"), "seat", ["legislator_id"])
    op.create_table(
        "people_reading",
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction", "family", name=op.f("pk_people_reading")),
    )


def downgrade() -> None:
    op.drop_table("people_reading")
    op.drop_table("seat")
    op.drop_table("committee")
    op.drop_table("legislator_office")
    op.drop_table("name_said")
    op.drop_table("legislator_name")
    op.drop_table("legislator")
