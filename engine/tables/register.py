"""The register: certificates, their issues, licences, and how often each was scanned."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.tables.columns import metadata, moment, of, row_id

certificates = Table(
    "certificates",
    metadata,
    row_id(),
    Column("public_id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, unique=True),
    of("subjects.id", "subject_id"),
    Column("industry", Text, nullable=False),
    Column("region", Text, nullable=False),
    moment("created_at"),
)


certificate_issues = Table(
    "certificate_issues",
    metadata,
    row_id(),
    of("certificates.id", "certificate_id"),
    Column("issue", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("content", Text, nullable=False),
    moment("issued_at"),
    Column("pdf_sha256", Text),
    moment("rendered_at", nullable=True),
    UniqueConstraint("certificate_id", "issue"),
    Index("ix_certificate_issues_pdf_sha256", "pdf_sha256"),
    Index("ix_certificate_issues_unrendered", "id", postgresql_where=text("pdf_sha256 is null")),
)


licences = Table(
    "licences",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    of("certificates.id", "certificate_id", nullable=True),
    Column("item", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("decider", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date),
    Column("state", Text, nullable=False, server_default="valid"),
    CheckConstraint("state in ('valid', 'changed', 'cancelled', 'revoked')", name="state"),
    UniqueConstraint("case_id", "item"),
    Index("ix_licences_certificate", "certificate_id"),
)


scans = Table(
    "scans",
    metadata,
    of("certificates.id", "certificate_id", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("count", Integer, nullable=False),
)
