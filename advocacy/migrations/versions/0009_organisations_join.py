"""Organisations that answer for themselves: asks, links, board dates, checks, pictures, open pages."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_STANDS = sa.text("verified_on IS NOT NULL AND revoked_on IS NULL AND refused_on IS NULL")
_OLD = "uq_organisation_sign_on_version_id_organisation_id"
_ADDED = (
    ("ask_id", sa.Uuid()),
    ("title", sa.LargeBinary()),
    ("email", sa.LargeBinary()),
    ("board_on", sa.Date()),
    ("board_yes_on", sa.Date()),
    ("verified_on", sa.Date()),
    ("verified_by", sa.Uuid()),
    ("proof", sa.String()),
    ("vouched_by", sa.Uuid()),
    ("refused_on", sa.Date()),
)


def upgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("level", sa.String(), nullable=True))
        table.add_column(sa.Column("is_member", sa.Boolean(), server_default=sa.false(), nullable=False))
    _make_asks()
    _make_pages()
    with op.batch_alter_table("organisation_sign_on") as table:
        for name, kind in _ADDED:
            table.add_column(sa.Column(name, kind, nullable=True))
        table.alter_column("recorded_by", existing_type=sa.Uuid(), nullable=True)
        table.drop_constraint(_OLD, type_="unique")
        table.create_unique_constraint(
            op.f("uq_organisation_sign_on_version_id_ask_id"), ["version_id", "ask_id"]
        )
        table.create_foreign_key(
            op.f("fk_organisation_sign_on_ask_id_organisation_ask"), "organisation_ask", ["ask_id"], ["id"]
        )
        table.create_foreign_key(
            op.f("fk_organisation_sign_on_vouched_by_organisation"), "organisation", ["vouched_by"], ["id"]
        )
        table.create_index(op.f("ix_organisation_sign_on_ask_id"), ["ask_id"])
        table.create_index(
            "ix_organisation_sign_on_one_stands",
            ["version_id", "organisation_id"],
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        )
    # What the office wrote down before had its yes on file: whoever recorded it has checked it.
    op.execute(
        "UPDATE organisation_sign_on SET verified_on = recorded_on, verified_by = recorded_by,"
        " proof = 'on_file'"
    )
    op.create_table(
        "organisation_logo",
        sa.Column("sign_on_id", sa.Uuid(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_on_id"],
            ["organisation_sign_on.id"],
            name=op.f("fk_organisation_logo_sign_on_id_organisation_sign_on"),
        ),
        sa.PrimaryKeyConstraint("sign_on_id", name=op.f("pk_organisation_logo")),
    )


def _make_asks() -> None:
    op.create_table(
        "organisation_ask",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("public_name", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("board_on", sa.Date(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("authoriser", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_index", sa.LargeBinary(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_organisation_ask_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_ask")),
    )
    for column in ("letter_id", "email_index"):
        op.create_index(op.f(f"ix_organisation_ask_{column}"), "organisation_ask", [column])
    op.create_table(
        "organisation_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ask_id"],
            ["organisation_ask.id"],
            name=op.f("fk_organisation_link_ask_id_organisation_ask"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_link")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_organisation_link_key_hash")),
    )
    op.create_index(op.f("ix_organisation_link_ask_id"), "organisation_link", ["ask_id"])


def _make_pages() -> None:
    op.create_table(
        "organisation_page",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_organisation_page_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_organisation_page")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_page_slug")),
    )


def downgrade() -> None:
    op.drop_table("organisation_logo")
    # Only a checked yes could be told by the older tables.
    op.execute(
        "DELETE FROM organisation_sign_on WHERE verified_on IS NULL OR recorded_by IS NULL"
        " OR revoked_on IS NOT NULL OR refused_on IS NOT NULL"
    )
    with op.batch_alter_table("organisation_sign_on") as table:
        table.drop_index("ix_organisation_sign_on_one_stands")
        table.drop_index(op.f("ix_organisation_sign_on_ask_id"))
        for name in ("ask_id_organisation_ask", "vouched_by_organisation"):
            table.drop_constraint(op.f(f"fk_organisation_sign_on_{name}"), type_="foreignkey")
        table.drop_constraint(op.f("uq_organisation_sign_on_version_id_ask_id"), type_="unique")
        for name, _ in _ADDED:
            table.drop_column(name)
        table.alter_column("recorded_by", existing_type=sa.Uuid(), nullable=False)
        table.create_unique_constraint(op.f(_OLD), ["version_id", "organisation_id"])
    for name in ("organisation_page", "organisation_link", "organisation_ask"):
        op.drop_table(name)
    with op.batch_alter_table("organisation") as table:
        table.drop_column("is_member")
        table.drop_column("level")
