"""Wider limits asked for at the door, which wait for a voice, and the consents that rest on them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "limit_raise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_limit_raise_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_limit_raise")),
    )
    op.create_index(op.f("ix_limit_raise_person_id"), "limit_raise", ["person_id"])
    with op.batch_alter_table("consent") as consent:
        consent.add_column(sa.Column("raise_id", sa.Uuid(), nullable=True))
        consent.create_foreign_key(
            op.f("fk_consent_raise_id_limit_raise"), "limit_raise", ["raise_id"], ["id"]
        )
        consent.create_index(op.f("ix_consent_raise_id"), ["raise_id"])


def downgrade() -> None:
    with op.batch_alter_table("consent") as consent:
        consent.drop_index(op.f("ix_consent_raise_id"))
        consent.drop_constraint(op.f("fk_consent_raise_id_limit_raise"), type_="foreignkey")
        consent.drop_column("raise_id")
    op.drop_table("limit_raise")
