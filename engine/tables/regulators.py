"""What regulators are told of licences, what they find, and how each certificate reached its holder."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.tables.columns import metadata, moment, of, row_id

pushes = Table(  # 审管联动: one change of one licence, told to the office that supervises it
    "pushes",
    metadata,
    row_id(),
    of("licences.id", "licence_id"),
    of("certificates.id", "certificate_id"),
    of("cases.id", "case_id"),
    Column("item", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("kind", Text, nullable=False),  # granted, changed, renewed, suspended, resumed, cancelled …
    Column("change", Text, nullable=False, server_default=""),  # which change of this kind; '' for the first
    Column("content", JSON, nullable=False),  # what was told, frozen
    moment("pushed_at"),
    Column("claim_by", Date, nullable=False),
    of("users.id", "claimed_by", nullable=True),
    moment("claimed_at", nullable=True),
    UniqueConstraint("licence_id", "kind", "change"),
    Index("ix_pushes_office", "department", "region", "id"),
    Index("ix_pushes_new", "department", "region", "id", postgresql_where=text("claimed_at is null")),
    Index("ix_pushes_overdue", "claim_by", "id", postgresql_where=text("claimed_at is null")),
    Index("ix_pushes_certificate", "certificate_id", "id"),
    Index("ix_pushes_case", "case_id", "id"),
)


feedback = Table(  # 监管反馈
    "feedback",
    metadata,
    row_id(),
    of("licences.id", "licence_id"),
    of("certificates.id", "certificate_id"),
    of("cases.id", "case_id"),
    Column("department", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("law", Text, nullable=False, server_default=""),
    Column("found_on", Date, nullable=False),
    Column("file", JSON),  # label, media_type, sha256
    of("users.id", "given_by"),
    moment("given_at"),
    Column("key", Text, nullable=False, unique=True),  # sent twice, it is one
    of("cases.id", "started_id", nullable=True),  # the case of the decider that an advice started
    CheckConstraint("kind in ('fine', 'found', 'penalty', 'suspend', 'revoke')", name="kind"),
    Index("ix_feedback_licence", "licence_id", "id"),
    Index("ix_feedback_certificate", "certificate_id", "id"),
    Index("ix_feedback_case", "case_id", "id"),
)


handouts = Table(  # an issue of a certificate on its way to its holder
    "handouts",
    metadata,
    row_id(),
    of("certificate_issues.id", "issue_id"),
    of("certificates.id", "certificate_id"),
    of("cases.id", "case_id"),
    Column("region", Text, nullable=False),
    Column("wish", Text, nullable=False),  # electronic, counter, post
    Column("due_on", Date, nullable=False),
    Column("warn_on", Date, nullable=False),  # from when it is near its end
    Column("state", Text, nullable=False, server_default="waiting"),
    moment("opened_at"),
    moment("closed_at", nullable=True),
    UniqueConstraint("issue_id"),
    CheckConstraint("wish in ('electronic', 'counter', 'post')", name="wish"),
    CheckConstraint("state in ('waiting', 'done', 'replaced')", name="state"),
    Index("ix_handouts_waiting", "region", "due_on", "id", postgresql_where=text("state = 'waiting'")),
    Index("ix_handouts_certificate", "certificate_id", "id"),
    Index("ix_handouts_case", "case_id", "id"),
)


handout_ways = Table(  # 送达: each way that was taken, as it went
    "handout_ways",
    metadata,
    row_id(),
    of("handouts.id", "handout_id"),
    Column("way", Text, nullable=False),
    Column("state", Text, nullable=False),  # underway, delivered, returned
    Column("receiver", Text, nullable=False),
    Column("identity_checked", Boolean, nullable=False, server_default=text("false")),
    Column("signature", JSON),  # strokes of [x, y] between 0 and 1, as the pen went
    Column("carrier", Text, nullable=False, server_default=""),
    Column("tracking", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    moment("begun_at"),
    moment("ended_at", nullable=True),
    of("users.id", "recorded_by", nullable=True),
    CheckConstraint("way in ('electronic', 'counter', 'post')", name="way"),
    CheckConstraint("state in ('underway', 'delivered', 'returned')", name="state"),
    Index("ix_handout_ways_handout", "handout_id", "id"),
    Index(
        "uq_handout_ways_electronic",
        "handout_id",
        unique=True,
        postgresql_where=text("way = 'electronic'"),
    ),
    Index("uq_handout_ways_underway", "handout_id", unique=True, postgresql_where=text("state = 'underway'")),
)
