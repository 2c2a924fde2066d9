"""The life of a certificate: its own facts, the history of its licences, sheets for single ones."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

FACE = ("operator", "legal_representative", "address", "uscc", "department")
OFFICES = ("authority", "regulator", "region")
STATES = "state in ('valid', 'changed', 'suspended', 'cancelled', 'revoked', 'expired')"


def upgrade() -> None:
    _certificates()
    _issues()
    _licences()
    _history()
    _sheets()
    op.add_column("drafts", sa.Column("parent_id", sa.BigInteger(), nullable=True))
    op.add_column("drafts", sa.Column("left_out", sa.JSON(), server_default="[]", nullable=False))
    op.create_foreign_key(op.f("fk_drafts_parent_id"), "drafts", "cases", ["parent_id"], ["id"])
    op.alter_column("materials", "draft_id", existing_type=sa.Text(), nullable=True)


def _certificates() -> None:
    """What the first case said stands with the certificate from now on."""
    for name in FACE:
        op.add_column("certificates", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.execute("""
        update certificates set operator = cases.operator, uscc = cases.uscc,
            legal_representative = coalesce(cases.answers ->> 'legal_rep', ''),
            address = coalesce(cases.answers ->> 'op_address', ''),
            department = coalesce((
                select department from tasks where tasks.case_id = cases.id and act = 'issue' limit 1), '')
        from cases where cases.id = certificates.case_id""")
    for name in FACE:
        op.alter_column("certificates", name, server_default=None)
    op.add_column("certificates", sa.Column("separate", sa.Boolean(), server_default="false", nullable=False))
    op.add_column("certificates", sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True))


def _issues() -> None:
    op.add_column("certificate_issues", sa.Column("previous_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_certificate_issues_previous_id"),
        "certificate_issues",
        "certificate_issues",
        ["previous_id"],
        ["id"],
    )
    op.create_unique_constraint(
        op.f("uq_certificate_issues_previous_id"), "certificate_issues", ["previous_id"]
    )
    op.execute("""
        update certificate_issues set previous_id = before.id from certificate_issues before
        where before.certificate_id = certificate_issues.certificate_id
            and before.issue = certificate_issues.issue - 1""")


def _licences() -> None:
    op.drop_constraint(op.f("ck_licences_state"), "licences", type_="check")
    op.create_check_constraint(op.f("ck_licences_state"), "licences", STATES)
    op.add_column("licences", sa.Column("suspended_until", sa.Date(), nullable=True))
    op.add_column("licences", sa.Column("answers", sa.JSON(), server_default="{}", nullable=False))
    for name in OFFICES:
        op.add_column("licences", sa.Column(name, sa.Text(), server_default="", nullable=False))
    # until the next issue the reviewer stands in for the regulator: the same department in nearly all items
    op.execute("""
        update licences set authority = case_items.authority, regulator = case_items.reviewer,
            region = case_items.region
        from case_items where case_items.case_id = licences.case_id and case_items.item = licences.item""")
    op.create_index(
        "ix_licences_ending",
        "licences",
        ["valid_until"],
        postgresql_where=sa.text("state in ('valid', 'changed', 'suspended') and certificate_id is not null"),
    )
    for name in ("authority", "regulator"):
        op.create_index(f"ix_licences_{name}", "licences", [name, "region", "certificate_id"])


def _history() -> None:
    op.create_table(
        "licence_events",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("licence_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("issue_id", sa.BigInteger(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["licence_id"], ["licences.id"], name=op.f("fk_licence_events_licence_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_licence_events_case_id")),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["certificate_issues.id"], name=op.f("fk_licence_events_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_events")),
    )
    op.create_index("ix_licence_events_licence", "licence_events", ["licence_id", "id"])


def _sheets() -> None:
    op.create_table(
        "licence_sheets",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("licence_id", sa.BigInteger(), nullable=False),
        sa.Column("issue_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pdf_sha256", sa.Text(), nullable=True),
        sa.Column("rendered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["licence_id"], ["licences.id"], name=op.f("fk_licence_sheets_licence_id")),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["certificate_issues.id"], name=op.f("fk_licence_sheets_issue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_sheets")),
        sa.UniqueConstraint("licence_id", "issue_id", name=op.f("uq_licence_sheets_licence_id_issue_id")),
    )
    op.create_index("ix_licence_sheets_issue", "licence_sheets", ["issue_id"])
    op.create_index("ix_licence_sheets_pdf_sha256", "licence_sheets", ["pdf_sha256"])
