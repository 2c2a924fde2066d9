"""Regulators are told of licences and say what they find; certificates reach their holders."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("licence_id", sa.BigInteger(), nullable=False),
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), server_default="", nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("file", sa.JSON(), nullable=True),
        sa.Column("given_by", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("started_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "kind in ('fine', 'found', 'penalty', 'suspend', 'revoke')", name=op.f("ck_feedback_kind")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_feedback_case_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_feedback_certificate_id")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_feedback_given_by")),
        sa.ForeignKeyConstraint(["licence_id"], ["licences.id"], name=op.f("fk_feedback_licence_id")),
        sa.ForeignKeyConstraint(["started_id"], ["cases.id"], name=op.f("fk_feedback_started_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("key", name=op.f("uq_feedback_key")),
    )
    op.create_index("ix_feedback_case", "feedback", ["case_id", "id"], unique=False)
    op.create_index("ix_feedback_certificate", "feedback", ["certificate_id", "id"], unique=False)
    op.create_index("ix_feedback_licence", "feedback", ["licence_id", "id"], unique=False)
    op.create_table(
        "handouts",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("issue_id", sa.BigInteger(), nullable=False),
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("warn_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('waiting', 'done', 'replaced')", name=op.f("ck_handouts_state")),
        sa.CheckConstraint("wish in ('electronic', 'counter', 'post')", name=op.f("ck_handouts_wish")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handouts_case_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_handouts_certificate_id")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["certificate_issues.id"], name=op.f("fk_handouts_issue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handouts")),
        sa.UniqueConstraint("issue_id", name=op.f("uq_handouts_issue_id")),
    )
    op.create_index("ix_handouts_case", "handouts", ["case_id", "id"], unique=False)
    op.create_index("ix_handouts_certificate", "handouts", ["certificate_id", "id"], unique=False)
    op.create_index(
        "ix_handouts_waiting",
        "handouts",
        ["region", "due_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "pushes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("licence_id", sa.BigInteger(), nullable=False),
        sa.Column("certificate_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("industry", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), server_default="", nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("pushed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claim_by", sa.Date(), nullable=False),
        sa.Column("claimed_by", sa.BigInteger(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_pushes_case_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("fk_pushes_certificate_id")
        ),
        sa.ForeignKeyConstraint(["claimed_by"], ["users.id"], name=op.f("fk_pushes_claimed_by")),
        sa.ForeignKeyConstraint(["licence_id"], ["licences.id"], name=op.f("fk_pushes_licence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pushes")),
        sa.UniqueConstraint("licence_id", "kind", "change", name=op.f("uq_pushes_licence_id_kind_change")),
    )
    op.create_index("ix_pushes_case", "pushes", ["case_id", "id"], unique=False)
    op.create_index("ix_pushes_certificate", "pushes", ["certificate_id", "id"], unique=False)
    op.create_index(
        "ix_pushes_new",
        "pushes",
        ["department", "region", "id"],
        unique=False,
        postgresql_where=sa.text("claimed_at is null"),
    )
    op.create_index("ix_pushes_office", "pushes", ["department", "region", "id"], unique=False)
    op.create_index(
        "ix_pushes_overdue",
        "pushes",
        ["claim_by", "id"],
        unique=False,
        postgresql_where=sa.text("claimed_at is null"),
    )
    op.create_table(
        "handout_ways",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("handout_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("identity_checked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("signature", sa.JSON(), nullable=True),
        sa.Column("carrier", sa.Text(), server_default="", nullable=False),
        sa.Column("tracking", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state in ('underway', 'delivered', 'returned')", name=op.f("ck_handout_ways_state")
        ),
        sa.CheckConstraint("way in ('electronic', 'counter', 'post')", name=op.f("ck_handout_ways_way")),
        sa.ForeignKeyConstraint(["handout_id"], ["handouts.id"], name=op.f("fk_handout_ways_handout_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_handout_ways_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout_ways")),
    )
    op.create_index("ix_handout_ways_handout", "handout_ways", ["handout_id", "id"], unique=False)
    op.create_index(
        "uq_handout_ways_electronic",
        "handout_ways",
        ["handout_id"],
        unique=True,
        postgresql_where=sa.text("way = 'electronic'"),
    )
    op.create_index(
        "uq_handout_ways_underway",
        "handout_ways",
        ["handout_id"],
        unique=True,
        postgresql_where=sa.text("state = 'underway'"),
    )


def downgrade() -> None:
    op.drop_table("handout_ways")
    op.drop_table("handouts")
    op.drop_table("feedback")
    op.drop_table("pushes")
