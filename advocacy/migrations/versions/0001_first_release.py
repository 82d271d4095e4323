"""The tables of the first release."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_entry")),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    # The chain begins with its head in place, so that the first two acts at once queue up as all others do.
    op.bulk_insert(head, [{"id": 1, "n": 0, "hash": bytes(32)}])
    op.create_table(
        "bill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("jurisdiction", sa.String(), nullable=False),
        sa.Column("session", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("laws", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill")),
        sa.UniqueConstraint(
            "jurisdiction",
            "session",
            "prefix",
            "number",
            "suffix",
            name=op.f("uq_bill_jurisdiction_session_prefix_number_suffix"),
        ),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("playbook", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("soft_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hard_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("request", name=op.f("uq_campaign_request")),
    )
    op.create_table(
        "data_key",
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("holder_id", name=op.f("pk_data_key")),
    )
    op.create_table(
        "group",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
        sa.UniqueConstraint("name", name=op.f("uq_group_name")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=True),
        sa.Column("implies_survivor", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uncertain_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("kind", "about_id", "turn", name=op.f("uq_message_kind_about_id_turn")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_claimed_at"), ["claimed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_not_before_at"), ["not_before_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_sent_at"), ["sent_at"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("public_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=True),
        sa.Column("chosen_name", sa.LargeBinary(), nullable=True),
        sa.Column("email", sa.LargeBinary(), nullable=True),
        sa.Column("email_index", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("state_index", sa.LargeBinary(), nullable=True),
        sa.Column("recognition_word", sa.LargeBinary(), nullable=True),
        sa.Column("credential", sa.LargeBinary(), nullable=True),
        sa.Column("affiliation", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("mail_mode", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("mail_stopped_on", sa.Date(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_email_index"), ["email_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_state_index"), ["state_index"], unique=False)

    op.create_table(
        "position",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name=op.f("pk_throttle")),
    )
    op.create_table(
        "campaign_bill",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_campaign_bill_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_bill_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "bill_id", name=op.f("pk_campaign_bill")),
    )
    with op.batch_alter_table("campaign_bill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_bill_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "campaign_letter",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_letter_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_campaign_letter_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_campaign_letter")),
    )
    with op.batch_alter_table("campaign_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_letter_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "campaign_position",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_position_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_campaign_position_position_id_position")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "position_id", name=op.f("pk_campaign_position")),
    )
    with op.batch_alter_table("campaign_position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_position_position_id"), ["position_id"], unique=False)

    op.create_table(
        "group_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"], name=op.f("fk_group_member_group_id_group")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("group_id", "person_id", name=op.f("uq_group_member_group_id_person_id")),
    )
    with op.batch_alter_table("group_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declined_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_invitation_letter_id_letter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("letter_id", "person_id", name=op.f("uq_invitation_letter_id_person_id")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "invitation_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_invitation_note_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_note")),
        sa.UniqueConstraint(
            "campaign_id", "language", "n", name=op.f("uq_invitation_note_campaign_id_language_n")
        ),
    )
    op.create_table(
        "letter_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("spoken", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_version_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_version")),
        sa.UniqueConstraint("letter_id", "n", name=op.f("uq_letter_version_letter_id_n")),
    )
    with op.batch_alter_table("letter_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_version_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "naming_limit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_naming_limit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming_limit")),
    )
    with op.batch_alter_table("naming_limit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_naming_limit_person_id"), ["person_id"], unique=False)

    op.create_table(
        "office_session",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_office_session_person_id_person")
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_office_session")),
    )
    with op.batch_alter_table("office_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "position_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"], ["position.id"], name=op.f("fk_position_version_position_id_position")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_version")),
        sa.UniqueConstraint("position_id", "n", name=op.f("uq_position_version_position_id_n")),
    )
    op.create_table(
        "recipient",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("salutation", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("order", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_recipient_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipient_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "seconded_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconded_by", sa.Uuid(), nullable=True),
        sa.Column("seconded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["person.id"], name=op.f("fk_seconded_act_proposed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["seconded_by"], ["person.id"], name=op.f("fk_seconded_act_seconded_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seconded_act")),
    )
    with op.batch_alter_table("seconded_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seconded_act_about_id"), ["about_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_in_link_key_hash")),
    )
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_on",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_sign_on_letter_id_letter")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_on_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_on")),
        sa.UniqueConstraint("letter_id", "person_id", name=op.f("uq_sign_on_letter_id_person_id")),
    )
    with op.batch_alter_table("sign_on", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_on_person_id"), ["person_id"], unique=False)

    op.create_table(
        "source_reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_source_reading_bill_id_bill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_reading")),
        sa.UniqueConstraint("bill_id", "source", "hash", name=op.f("uq_source_reading_bill_id_source_hash")),
    )
    with op.batch_alter_table("source_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_reading_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "status_override",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("newest_step_on", sa.Date(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_status_override_bill_id_bill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_override")),
    )
    with op.batch_alter_table("status_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_status_override_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_term_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_person_id"), ["person_id"], unique=False)

    op.create_table(
        "testimony_header",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("bill", sa.String(), nullable=False),
        sa.Column("bill_title", sa.String(), nullable=False),
        sa.Column("committee", sa.String(), nullable=False),
        sa.Column("hearing_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_testimony_header_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_testimony_header")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_on_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("survivor", sa.Boolean(), nullable=False),
        sa.Column("credential", sa.Boolean(), nullable=False),
        sa.Column("affiliation", sa.Boolean(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("offices", sa.String(), nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("days_after_sending", sa.Integer(), nullable=True),
        sa.Column("latest_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["sign_on_id"], ["sign_on.id"], name=op.f("fk_consent_sign_on_id_sign_on")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_consent_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consent_one_standing",
            ["sign_on_id", "audience"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_consent_sign_on_id"), ["sign_on_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_version_id"), ["version_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["position_version.id"], name=op.f("fk_decision_version_id_position_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_version_id"), ["version_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("offices", sa.String(), nullable=False),
        sa.Column("manifest", sa.String(), nullable=False),
        sa.Column("signers", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.Column("pdf_sha256", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("frozen_by", sa.Uuid(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("destroyed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_edition_letter_id_letter")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_edition_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("letter_id", "n", name=op.f("uq_edition_letter_id_n")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_letter_id"), ["letter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_edition_pdf_sha256"), ["pdf_sha256"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("committee", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("event_code", sa.String(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_hearing_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["source_reading.id"], name=op.f("fk_hearing_reading_id_source_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "held_print",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("findings", sa.LargeBinary(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_held_print_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_print")),
    )
    with op.batch_alter_table("held_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_print_version_id"), ["version_id"], unique=False)

    op.create_table(
        "kept_choices",
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("choices", sa.LargeBinary(), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_kept_choices_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_kept_choices")),
    )
    op.create_table(
        "letter_approval",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_letter_approval_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_letter_approval")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_link_invitation_id_invitation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_link_code_hash")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_link_key_hash")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_invitation_id"), ["invitation_id"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_opening_letter_id_letter")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["letter_version.id"], name=op.f("fk_opening_version_id_letter_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "organisation_sign_on",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("authoriser", sa.LargeBinary(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_sign_on_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["letter_version.id"],
            name=op.f("fk_organisation_sign_on_version_id_letter_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_sign_on")),
        sa.UniqueConstraint(
            "version_id", "organisation_id", name=op.f("uq_organisation_sign_on_version_id_organisation_id")
        ),
    )
    op.create_table(
        "position_stance",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_position_stance_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["position_version.id"],
            name=op.f("fk_position_stance_version_id_position_version"),
        ),
        sa.PrimaryKeyConstraint("version_id", "bill_id", name=op.f("pk_position_stance")),
    )
    with op.batch_alter_table("position_stance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_stance_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "referral",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("chamber", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=False),
        sa.Column("activities", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_referral_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["source_reading.id"], name=op.f("fk_referral_reading_id_source_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "sign_on_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_on_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_on_id"], ["sign_on.id"], name=op.f("fk_sign_on_event_sign_on_id_sign_on")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_on_event")),
    )
    with op.batch_alter_table("sign_on_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_on_event_sign_on_id"), ["sign_on_id"], unique=False)

    op.create_table(
        "sponsorship",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("person_code", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("original", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_sponsorship_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["source_reading.id"], name=op.f("fk_sponsorship_reading_id_source_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsorship")),
    )
    with op.batch_alter_table("sponsorship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sponsorship_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "step",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("systems", sa.JSON(), nullable=False),
        sa.Column("committees", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_step_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["source_reading.id"], name=op.f("fk_step_reading_id_source_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "text_version",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bill_id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_text_version_bill_id_bill")),
        sa.ForeignKeyConstraint(
            ["reading_id"], ["source_reading.id"], name=op.f("fk_text_version_reading_id_source_reading")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_version")),
    )
    with op.batch_alter_table("text_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_text_version_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("voice", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_answer_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("decision_id", "person_id", "n", name=op.f("uq_answer_decision_id_person_id_n")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_person_id"), ["person_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("delivered_by", sa.Uuid(), nullable=False),
        sa.Column("seconded_by", sa.Uuid(), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_delivery_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "edition_id",
            "recipient_id",
            "way",
            "address",
            name=op.f("uq_delivery_edition_id_recipient_id_way_address"),
        ),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_edition_id"), ["edition_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_recipient_id"), ["recipient_id"], unique=False)

    op.create_table(
        "eligible",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_eligible_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_eligible_person_id_person")),
        sa.PrimaryKeyConstraint("decision_id", "person_id", name=op.f("pk_eligible")),
    )
    with op.batch_alter_table("eligible", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_eligible_person_id"), ["person_id"], unique=False)

    op.create_table(
        "answer_note",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_answer_note_answer_id_answer")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_note_person_id_person")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_answer_note")),
    )
    with op.batch_alter_table("answer_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_note_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    for table in (
        "answer_note",
        "eligible",
        "delivery",
        "answer",
        "text_version",
        "step",
        "sponsorship",
        "sign_on_event",
        "referral",
        "position_stance",
        "organisation_sign_on",
        "opening",
        "link",
        "letter_approval",
        "kept_choices",
        "held_print",
        "hearing",
        "edition",
        "decision",
        "consent",
        "testimony_header",
        "term",
        "status_override",
        "source_reading",
        "sign_on",
        "sign_in_link",
        "seconded_act",
        "recipient",
        "position_version",
        "office_session",
        "naming_limit",
        "letter_version",
        "invitation_note",
        "invitation",
        "group_member",
        "campaign_position",
        "campaign_letter",
        "campaign_bill",
        "throttle",
        "position",
        "person",
        "organisation",
        "message",
        "letter",
        "group",
        "data_key",
        "campaign",
        "bill",
        "audit_head",
        "audit_entry",
    ):
        op.drop_table(table)
