"""The register: certificates, their issues, licences, and how often each was scanned."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from engine.tables.columns import metadata, moment, of, row_id

LIST_INDEXES = Sequence("certificates_list_index_seq", minvalue=0, metadata=metadata)

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
    # the certificate's place in the list of states that inspectors carry with them
    Column("list_index", BigInteger, nullable=False, unique=True, server_default=LIST_INDEXES.next_value()),
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
    Index("ix_licences_name", "name"),
    Index("ix_licences_ended", "certificate_id", postgresql_where=text("state not in ('valid', 'changed')")),
    Index("ix_licences_valid_until", "valid_until", postgresql_where=text("valid_until is not null")),
    CheckConstraint("state in ('valid', 'changed', 'cancelled', 'revoked')", name="state"),
    UniqueConstraint("case_id", "item"),
    Index("ix_licences_certificate", "certificate_id"),
)


# What everybody may search certificates by: what the newest issue of each states.
registry_entries = Table(
    "registry_entries",
    metadata,
    of("certificates.id", "certificate_id", primary_key=True),
    Column("number", Text, nullable=False),
    Column("uscc", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("industry_name", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("address", Text, nullable=False),
    # name and address without spaces and marks, and every two neighbouring characters of them
    Column("searched", Text, nullable=False),
    Column("pairs", ARRAY(Text), nullable=False),
    Index("ix_registry_entries_pairs", "pairs", postgresql_using="gin"),
    Index("ix_registry_entries_number", "number", postgresql_ops={"number": "text_pattern_ops"}),
    Index("ix_registry_entries_uscc", "uscc"),
    Index("ix_registry_entries_industry", "industry", "certificate_id"),
)


scans = Table(
    "scans",
    metadata,
    of("certificates.id", "certificate_id", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("count", Integer, nullable=False),
)
