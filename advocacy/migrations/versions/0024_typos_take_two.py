"""What is only a typo is said and agreed to like every other act that takes two."""

from collections.abc import Sequence

from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    # Nobody had agreed to these, so nothing rests on them; whoever meant it says it again, for three days.
    op.execute("DELETE FROM text_change WHERE kind = 'typo' AND confirmed_by IS NULL")


def downgrade() -> None:
    pass
