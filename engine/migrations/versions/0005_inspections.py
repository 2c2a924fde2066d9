"""The joint visit: its plan, team and entries, and what had to be put right."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "inspections",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("half", sa.Text(), nullable=True),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("party", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("recording", sa.Text(), server_default="", nullable=False),
        sa.Column("arranged_by", sa.BigInteger(), nullable=True),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("half in ('am', 'pm')", name=op.f("ck_inspections_half")),
        sa.CheckConstraint("kind in ('site', 'remote', 'paper')", name=op.f("ck_inspections_kind")),
        sa.CheckConstraint(
            "state in ('proposed', 'settled', 'held', 'cancelled')", name=op.f("ck_inspections_state")
        ),
        sa.ForeignKeyConstraint(["arranged_by"], ["users.id"], name=op.f("fk_inspections_arranged_by")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inspections_case_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_inspections_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("case_id", "round", name=op.f("uq_inspections_case_id_round")),
    )
    op.create_index(
        "ix_inspections_day",
        "inspections",
        ["region", "day"],
        unique=False,
        postgresql_where=sa.text("state in ('proposed', 'settled')"),
    )
    op.create_table(
        "inspection_entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("edit", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skew", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('point', 'signature', 'party')", name=op.f("ck_inspection_entries_kind")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_entries_inspection_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_inspection_entries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_entries")),
    )
    op.create_index(
        "ix_inspection_entries_inspection", "inspection_entries", ["inspection_id", "subject"], unique=False
    )
    op.create_table(
        "inspection_experts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opinion", sa.Text(), server_default="", nullable=False),
        sa.Column("opined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_experts_inspection_id")
        ),
        sa.ForeignKeyConstraint(["invited_by"], ["users.id"], name=op.f("fk_inspection_experts_invited_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_experts")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_inspection_experts_token_sha256")),
    )
    op.create_index("ix_inspection_experts_inspection", "inspection_experts", ["inspection_id"], unique=False)
    op.create_table(
        "inspection_offices",
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer in ('', 'agreed', 'cannot', 'silence')", name=op.f("ck_inspection_offices_answer")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["users.id"], name=op.f("fk_inspection_offices_answered_by")
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_offices_inspection_id")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "department", "region", name=op.f("pk_inspection_offices")),
    )
    op.create_index(
        "ix_inspection_offices_silent",
        "inspection_offices",
        ["answered_at"],
        unique=False,
        postgresql_where=sa.text("answer = 'silence'"),
    )
    op.create_table(
        "inspection_photos",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("point", sa.Text(), server_default="", nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("thumbnail", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skew", sa.Integer(), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("accuracy", sa.Float(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_photos_inspection_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_inspection_photos_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_photos")),
        sa.UniqueConstraint(
            "inspection_id", "point", "sha256", name=op.f("uq_inspection_photos_inspection_id_point_sha256")
        ),
    )
    op.create_table(
        "inspectors",
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("named_by", sa.BigInteger(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspectors_inspection_id")
        ),
        sa.ForeignKeyConstraint(["named_by"], ["users.id"], name=op.f("fk_inspectors_named_by")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_inspectors_user_id")),
        sa.PrimaryKeyConstraint("inspection_id", "user_id", name=op.f("pk_inspectors")),
    )
    op.create_index("ix_inspectors_user", "inspectors", ["user_id", "inspection_id"], unique=False)
    op.create_table(
        "rectifications",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="asked", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('asked', 'answered', 'lapsed')", name=op.f("ck_rectifications_state")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_rectifications_case_id")),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_rectifications_inspection_id")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_rectifications_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectifications")),
        sa.UniqueConstraint("case_id", name=op.f("uq_rectifications_case_id")),
    )
    op.create_table(
        "rectification_files",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("rectification_id", sa.BigInteger(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectifications.id"], name=op.f("fk_rectification_files_rectification_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_rectification_files_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_files")),
        sa.UniqueConstraint(
            "rectification_id",
            "point",
            "sha256",
            name=op.f("uq_rectification_files_rectification_id_point_sha256"),
        ),
    )
    op.create_table(
        "rectification_points",
        sa.Column("rectification_id", sa.BigInteger(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["rectification_id"], ["rectifications.id"], name=op.f("fk_rectification_points_rectification_id")
        ),
        sa.PrimaryKeyConstraint("rectification_id", "point", name=op.f("pk_rectification_points")),
    )
