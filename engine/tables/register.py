"""The register: certificates, their issues, licences with their history, and how often each was scanned."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
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
    # what the next issue states beside the licences; the first case's answers stay as they were filed
    Column("operator", Text, nullable=False),
    Column("legal_representative", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("uscc", Text, nullable=False),
    Column("department", Text, nullable=False),  # whose office in the region signs
    Column("separate", Boolean, nullable=False, server_default="false"),  # a sheet for each licence, too
    moment("created_at"),
    # the certificate's place in the list of states that inspectors carry with them
    Column("list_index", BigInteger, nullable=False, unique=True, server_default=LIST_INDEXES.next_value()),
    moment("lapsed_at", nullable=True),  # when the last licence had ended
)


certificate_issues = Table(
    "certificate_issues",
    metadata,
    row_id(),
    of("certificates.id", "certificate_id"),
    Column("issue", Integer, nullable=False),
    of("certificate_issues.id", "previous_id", nullable=True),  # the issue that this one takes the place of
    Column("reason", Text, nullable=False),
    Column("content", Text, nullable=False),
    moment("issued_at"),
    Column("pdf_sha256", Text),
    moment("rendered_at", nullable=True),
    Column("kid", Integer),  # the number of the key that signed its QR code, known once it is printed
    UniqueConstraint("certificate_id", "issue"),
    UniqueConstraint("previous_id"),
    Index("ix_certificate_issues_pdf_sha256", "pdf_sha256"),
    Index("ix_certificate_issues_kid", "kid"),
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
    Column("suspended_until", Date),  # the last day, None while nobody has said; only when suspended
    Column("authority", Text, nullable=False, server_default=""),
    Column("regulator", Text, nullable=False, server_default=""),
    Column("region", Text, nullable=False, server_default=""),  # that of both offices
    Column("answers", JSON, nullable=False, server_default="{}"),  # what its scope says, as changed later
    Column("printed", Boolean, nullable=False, server_default="false"),  # the newest issue states it
    CheckConstraint(
        "state in ('valid', 'changed', 'suspended', 'cancelled', 'revoked', 'expired')", name="state"
    ),
    UniqueConstraint("case_id", "item"),
    Index("ix_licences_certificate", "certificate_id"),
    Index(
        "ix_licences_ending",
        "valid_until",
        postgresql_where=text("state in ('valid', 'changed', 'suspended') and certificate_id is not null"),
    ),
    Index(
        "ix_licences_suspended",
        "suspended_until",
        postgresql_where=text("state = 'suspended' and suspended_until is not null"),
    ),
    Index("ix_licences_authority", "authority", "region", "certificate_id"),
    Index("ix_licences_regulator", "regulator", "region", "certificate_id"),
)


licence_events = Table(  # the history of licences: only ever added to
    "licence_events",
    metadata,
    row_id(),
    of("licences.id", "licence_id"),
    Column("kind", Text, nullable=False),
    moment("at"),
    Column("actor", Text, nullable=False),
    Column("reason", Text, nullable=False),
    of("cases.id", "case_id", nullable=True),  # in which it happened; none when time alone did it
    of("certificate_issues.id", "issue_id", nullable=True),  # that shows it; none when it came to no issue
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Index("ix_licence_events_licence", "licence_id", "id"),
)


licence_sheets = Table(  # licences that are wanted on a sheet of their own beside the certificate
    "licence_sheets",
    metadata,
    row_id(),
    of("licences.id", "licence_id"),
    of("certificate_issues.id", "issue_id"),
    Column("content", Text, nullable=False),
    moment("issued_at"),
    Column("pdf_sha256", Text),
    moment("rendered_at", nullable=True),
    UniqueConstraint("licence_id", "issue_id"),
    Index("ix_licence_sheets_issue", "issue_id"),
    Index("ix_licence_sheets_pdf_sha256", "pdf_sha256"),
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
