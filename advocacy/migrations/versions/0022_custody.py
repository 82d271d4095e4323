"""Which wrapping key is in use, and which custodians have proved their copies of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    active = op.create_table(
        "active_key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_active_key")),
    )
    op.bulk_insert(active, [{"id": 1, "key_id": "k1"}])
    op.create_table(
        "key_proof",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("proved_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_key_proof_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_proof")),
    )
    op.create_index(op.f("ix_key_proof_person_id"), "key_proof", ["person_id"])


def downgrade() -> None:
    op.drop_table("key_proof")
    op.drop_table("active_key")
