"""The copy each organisation in a sent letter is given, and the check of its picture."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("organisation_logo") as table:
        table.add_column(sa.Column("checked_on", sa.Date(), nullable=True))
    op.create_table(
        "organisation_copy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("lines", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_organisation_copy_edition_id_edition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_copy")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_organisation_copy_edition_id")),
    )


def downgrade() -> None:
    op.drop_table("organisation_copy")
    with op.batch_alter_table("organisation_logo") as table:
        table.drop_column("checked_on")
