"""What is asked of an applicant after filing, and what they promise in reply."""

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, Table, Text, UniqueConstraint, text

from engine.tables.columns import metadata, moment, of, row_id

corrections = Table(  # one notice of what is missing, and the reply
    "corrections",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    Column("round", Integer, nullable=False),
    Column("state", Text, nullable=False),  # sent, answered, lapsed
    of("letters.id", "letter_id", nullable=True),
    of("users.id", "sent_by"),
    of("approvals.id", "approval_id", nullable=True),
    moment("sent_at"),
    Column("due_on", Date, nullable=False),
    moment("answered_at", nullable=True),
    Column("note", Text, nullable=False, server_default=""),
    # answers to questions that come up only with the replies, kept with them until all is sent
    Column("also", JSON, nullable=False, server_default="{}"),
    UniqueConstraint("case_id", "round"),
)


correction_points = Table(
    "correction_points",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    of("corrections.id", "correction_id", nullable=True),  # none while only marked
    Column("item", Text, nullable=False, server_default=""),  # '' when the window asks
    Column("department", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("target", Text, nullable=False),  # field, material
    Column("name", Text, nullable=False),  # the id of the field or material
    Column("type", Text, nullable=False),  # missing, unclear, wrong, mismatch, other
    Column("reason", Text, nullable=False),
    Column("wanted", Text, nullable=False),  # what would satisfy
    Column("before", JSON),  # the value when it was marked
    Column("reply", JSON),  # the applicant's, kept until all is sent
    of("users.id", "marked_by"),
    moment("marked_at"),
    Column("result", Text),  # ok, not_ok, of the department that asked and looked again
    Column("found", Text, nullable=False, server_default=""),  # what it saw then, in words
    Index("ix_correction_points_case", "case_id", "id"),
    Index("ix_correction_points_correction", "correction_id"),
    Index(
        "uq_correction_points_marked",
        "case_id",
        "department",
        "item",
        "target",
        "name",
        unique=True,
        postgresql_where=text("correction_id is null"),
    ),
)


commitments = Table(  # 告知承诺: of a draft first, then of its case
    "commitments",
    metadata,
    row_id(),
    Column("draft_id", Text, nullable=False),
    of("cases.id", "case_id", nullable=True),
    Column("item", Text, nullable=False),
    Column("conditions", JSON, nullable=False),  # the ids of the points ticked
    Column("letter", JSON, nullable=False),  # the words that were signed
    Column("signed_as", Text, nullable=False),
    moment("signed_at"),
    Column("state", Text, nullable=False, server_default="signed"),  # signed, withdrawn, kept, false
    UniqueConstraint("draft_id", "item"),
    Index("ix_commitments_case", "case_id"),
)


later_materials = Table(  # 容缺: promised by a day
    "later_materials",
    metadata,
    row_id(),
    Column("draft_id", Text, nullable=False),
    of("cases.id", "case_id", nullable=True),
    Column("material", Text, nullable=False),
    Column("items", JSON, nullable=False),
    Column("promised_on", Date, nullable=False),
    Column("signed_as", Text, nullable=False),
    moment("signed_at"),
    moment("handed_in_at", nullable=True),
    Column("lapsed", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("draft_id", "material"),
    Index(
        "ix_later_materials_open",
        "promised_on",
        postgresql_where=text("handed_in_at is null and not lapsed and case_id is not null"),
    ),
    Index("ix_later_materials_case", "case_id"),
)


credit_records = Table(  # 信用记录: what blocks a new commitment
    "credit_records",
    metadata,
    row_id(),
    of("subjects.id", "subject_id"),
    of("cases.id", "case_id"),
    Column("item", Text, nullable=False),
    Column("kind", Text, nullable=False),  # false_commitment
    Column("words", Text, nullable=False),
    Column("until", Date, nullable=False),
    moment("recorded_at"),
    Index("ix_credit_records_subject", "subject_id"),
    UniqueConstraint("case_id", "item", "kind"),
)
