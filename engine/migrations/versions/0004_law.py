"""Clocks, letters, corrections, commitments: what an application goes through besides its steps."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "working_days",
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("region", "day", name=op.f("pk_working_days")),
    )
    op.create_index("ix_working_days_ordinal", "working_days", ["region", "ordinal", "day"], unique=False)
    op.create_table(
        "calendar_days",
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name=op.f("fk_calendar_days_set_by")),
        sa.PrimaryKeyConstraint("region", "day", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name=op.f("fk_calendar_years_set_by")),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_years")),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_approvals_answered_by")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_approvals_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_approvals_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index("ix_approvals_case", "approvals", ["case_id"], unique=False)
    op.create_index(
        "ix_approvals_open",
        "approvals",
        ["department", "region", "asked_at"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "clocks",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("yellow_from", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("projected_on", sa.Date(), nullable=True),
        sa.CheckConstraint("state in ('running', 'paused', 'stopped')", name=op.f("ck_clocks_state")),
        sa.CheckConstraint(
            "(state = 'paused') = (projected_on is not null)", name=op.f("ck_clocks_projected")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clocks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "clock", "item", name=op.f("pk_clocks")),
    )
    op.create_index(
        "ix_clocks_open",
        "clocks",
        ["due_on", "case_id"],
        unique=False,
        postgresql_where=sa.text("state <> 'stopped'"),
    )
    op.create_index(
        "ix_clocks_projected",
        "clocks",
        ["projected_on"],
        unique=False,
        postgresql_where=sa.text("projected_on is not null"),
    )
    op.create_table(
        "commitments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("letter", sa.JSON(), nullable=False),
        sa.Column("signed_as", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), server_default="signed", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_commitments_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("draft_id", "item", name=op.f("uq_commitments_draft_id_item")),
    )
    op.create_index("ix_commitments_case", "commitments", ["case_id"], unique=False)
    op.create_table(
        "credit_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_credit_records_case_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["subjects.id"], name=op.f("fk_credit_records_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_records")),
        sa.UniqueConstraint("case_id", "item", "kind", name=op.f("uq_credit_records_case_id_item_kind")),
    )
    op.create_index("ix_credit_records_subject", "credit_records", ["subject_id"], unique=False)
    op.create_table(
        "hearings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), server_default="", nullable=False),
        sa.Column("ask_by", sa.Date(), nullable=True),
        sa.Column("request", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("chair", sa.Text(), server_default="", nullable=False),
        sa.Column("chair_id", sa.BigInteger(), nullable=True),
        sa.Column("minutes", sa.JSON(), nullable=True),
        sa.Column("ending", sa.Text(), server_default="", nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("takes_place_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_hearings_case_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["users.id"], name=op.f("fk_hearings_chair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearings")),
    )
    op.create_index(
        "ix_hearings_offered",
        "hearings",
        ["ask_by"],
        unique=False,
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index(
        "uq_hearings_open",
        "hearings",
        ["case_id", "item"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "later_materials",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("signed_as", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapsed", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_later_materials_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_later_materials")),
        sa.UniqueConstraint("draft_id", "material", name=op.f("uq_later_materials_draft_id_material")),
    )
    op.create_index("ix_later_materials_case", "later_materials", ["case_id"], unique=False)
    op.create_index(
        "ix_later_materials_open",
        "later_materials",
        ["promised_on"],
        unique=False,
        postgresql_where=sa.text("handed_in_at is null and not lapsed and case_id is not null"),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=True),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letters_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("number", name=op.f("uq_letters_number")),
        sa.UniqueConstraint(
            "region", "kind", "year", "serial", name=op.f("uq_letters_region_kind_year_serial")
        ),
    )
    op.create_index("ix_letters_case", "letters", ["case_id", "id"], unique=False)
    op.create_index("ix_letters_pdf_sha256", "letters", ["pdf_sha256"], unique=False)
    op.create_index(
        "ix_letters_unrendered",
        "letters",
        ["id"],
        unique=False,
        postgresql_where=sa.text("pdf_sha256 is null"),
    )
    op.create_table(
        "clock_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), server_default="", nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("closes", sa.BigInteger(), nullable=True),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("warn_days", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("law", sa.Text(), server_default="", nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "clock in ('receipt', 'bundle', 'statutory', 'committed')", name=op.f("ck_clock_entries_clock")
        ),
        sa.CheckConstraint(
            "entry in ('start', 'pause', 'resume', 'extend', 'stop')", name=op.f("ck_clock_entries_entry")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_clock_entries_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_clock_entries_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_entries")),
    )
    op.create_index("ix_clock_entries_case", "clock_entries", ["case_id", "id"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_by", sa.BigInteger(), nullable=False),
        sa.Column("approval_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("also", sa.JSON(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["approval_id"], ["approvals.id"], name=op.f("fk_corrections_approval_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_corrections_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_corrections_letter_id")),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_corrections_sent_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_corrections_case_id_round")),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="queued", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_deliveries_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("message_id", "channel", name=op.f("uq_deliveries_message_id_channel")),
    )
    op.create_index(
        "ix_deliveries_waiting",
        "deliveries",
        ["queued_at"],
        unique=False,
        postgresql_where=sa.text("state <> 'sent'"),
    )
    op.create_table(
        "letter_deliveries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_letter_deliveries_letter_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_letter_deliveries_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_deliveries")),
        sa.UniqueConstraint("letter_id", "way", name=op.f("uq_letter_deliveries_letter_id_way")),
    )
    op.create_table(
        "correction_points",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("correction_id", sa.BigInteger(), nullable=True),
        sa.Column("item", sa.Text(), server_default="", nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("reply", sa.JSON(), nullable=True),
        sa.Column("marked_by", sa.BigInteger(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("found", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_correction_points_case_id")),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["corrections.id"], name=op.f("fk_correction_points_correction_id")
        ),
        sa.ForeignKeyConstraint(["marked_by"], ["users.id"], name=op.f("fk_correction_points_marked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_points")),
    )
    op.create_index("ix_correction_points_case", "correction_points", ["case_id", "id"], unique=False)
    op.create_index("ix_correction_points_correction", "correction_points", ["correction_id"], unique=False)
    op.create_index(
        "uq_correction_points_marked",
        "correction_points",
        ["case_id", "department", "item", "target", "name"],
        unique=True,
        postgresql_where=sa.text("correction_id is null"),
    )
    op.add_column("case_items", sa.Column("kind", sa.Text(), server_default="行政许可", nullable=False))
    op.add_column("case_items", sa.Column("reviewer", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_tasks_receipt",
        "tasks",
        ["case_id"],
        unique=False,
        postgresql_where=sa.text("state = 'open' and act in ('accept', 'recheck')"),
    )
    op.create_index(
        "ix_tasks_announced",
        "tasks",
        ["done_at"],
        unique=False,
        postgresql_where=sa.text("act = 'announce' and state = 'done'"),
    )
    op.create_index(
        "ix_hearings_called",
        "hearings",
        ["takes_place_at"],
        unique=False,
        postgresql_where=sa.text("state = 'called'"),
    )
    op.add_column("case_items", sa.Column("way", sa.Text(), server_default="usual", nullable=False))
    op.add_column("cases", sa.Column("process", sa.Text(), server_default="", nullable=False))
    op.add_column("cases", sa.Column("parent_id", sa.BigInteger(), nullable=True))
    op.add_column("cases", sa.Column("words", sa.JSON(), server_default="{}", nullable=False))
    op.create_index(
        "ix_cases_parent",
        "cases",
        ["parent_id"],
        unique=False,
        postgresql_where=sa.text("parent_id is not null"),
    )
    op.create_foreign_key(op.f("fk_cases_parent_id"), "cases", "cases", ["parent_id"], ["id"])
    op.add_column("messages", sa.Column("kind", sa.Text(), server_default="", nullable=False))
    op.add_column("messages", sa.Column("title", sa.Text(), server_default="", nullable=False))
    op.add_column("messages", sa.Column("link", sa.Text(), server_default="", nullable=False))
    op.create_index(
        "ix_messages_unread",
        "messages",
        ["user_id", "sent_at"],
        unique=False,
        postgresql_where=sa.text("read_at is null"),
    )
    op.create_index("ix_messages_case", "messages", ["case_id", "id"], unique=False)
    op.add_column("users", sa.Column("email", sa.Text(), nullable=True))


def downgrade() -> None:

    op.drop_index(
        "ix_tasks_announced",
        table_name="tasks",
        postgresql_where=sa.text("act = 'announce' and state = 'done'"),
    )

    op.drop_column("users", "email")
    op.drop_index("ix_messages_case", table_name="messages")
    op.drop_index("ix_messages_unread", table_name="messages", postgresql_where=sa.text("read_at is null"))
    op.drop_column("messages", "link")
    op.drop_column("messages", "title")
    op.drop_column("messages", "kind")
    op.drop_constraint(op.f("fk_cases_parent_id"), "cases", type_="foreignkey")
    op.drop_index("ix_cases_parent", table_name="cases", postgresql_where=sa.text("parent_id is not null"))
    op.drop_column("cases", "words")
    op.drop_column("cases", "parent_id")
    op.drop_column("cases", "process")
    op.drop_column("case_items", "way")
    op.drop_index(
        "ix_tasks_receipt",
        table_name="tasks",
        postgresql_where=sa.text("state = 'open' and act in ('accept', 'recheck')"),
    )
    op.drop_column("case_items", "reviewer")
    op.drop_column("case_items", "kind")
    op.drop_index(
        "uq_correction_points_marked",
        table_name="correction_points",
        postgresql_where=sa.text("correction_id is null"),
    )
    op.drop_index("ix_correction_points_correction", table_name="correction_points")
    op.drop_index("ix_correction_points_case", table_name="correction_points")
    op.drop_table("correction_points")
    op.drop_table("letter_deliveries")
    op.drop_index(
        "ix_deliveries_waiting", table_name="deliveries", postgresql_where=sa.text("state <> 'sent'")
    )
    op.drop_table("deliveries")
    op.drop_table("corrections")
    op.drop_index("ix_clock_entries_case", table_name="clock_entries")
    op.drop_table("clock_entries")
    op.drop_index(
        "ix_letters_unrendered", table_name="letters", postgresql_where=sa.text("pdf_sha256 is null")
    )
    op.drop_index("ix_letters_pdf_sha256", table_name="letters")
    op.drop_index("ix_letters_case", table_name="letters")
    op.drop_table("letters")
    op.drop_index(
        "ix_later_materials_open",
        table_name="later_materials",
        postgresql_where=sa.text("handed_in_at is null and not lapsed and case_id is not null"),
    )
    op.drop_index("ix_later_materials_case", table_name="later_materials")
    op.drop_table("later_materials")
    op.drop_index("ix_hearings_called", table_name="hearings", postgresql_where=sa.text("state = 'called'"))
    op.drop_index("ix_hearings_offered", table_name="hearings", postgresql_where=sa.text("state = 'offered'"))
    op.drop_index("uq_hearings_open", table_name="hearings", postgresql_where=sa.text("state <> 'cancelled'"))
    op.drop_table("hearings")
    op.drop_index("ix_credit_records_subject", table_name="credit_records")
    op.drop_table("credit_records")
    op.drop_index("ix_commitments_case", table_name="commitments")
    op.drop_table("commitments")
    op.drop_index(
        "ix_clocks_projected", table_name="clocks", postgresql_where=sa.text("projected_on is not null")
    )
    op.drop_index("ix_clocks_open", table_name="clocks", postgresql_where=sa.text("state <> 'stopped'"))
    op.drop_table("clocks")
    op.drop_index("ix_approvals_open", table_name="approvals", postgresql_where=sa.text("state = 'open'"))
    op.drop_index("ix_approvals_case", table_name="approvals")
    op.drop_table("approvals")
    op.drop_table("calendar_years")
    op.drop_table("calendar_days")
    op.drop_index("ix_working_days_ordinal", table_name="working_days")
    op.drop_table("working_days")
