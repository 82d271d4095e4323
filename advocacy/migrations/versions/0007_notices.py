"""What somebody was shown before she said yes, and how she came to say it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("consent") as consent:
        consent.add_column(sa.Column("method", sa.String(), server_default="link", nullable=False))
        consent.add_column(sa.Column("notice_sha256", sa.String(), nullable=True))
        consent.create_foreign_key(
            op.f("fk_consent_notice_sha256_notice"), "notice", ["notice_sha256"], ["sha256"]
        )


def downgrade() -> None:
    with op.batch_alter_table("consent") as consent:
        consent.drop_constraint(op.f("fk_consent_notice_sha256_notice"), type_="foreignkey")
        consent.drop_column("notice_sha256")
        consent.drop_column("method")
    op.drop_table("notice")
