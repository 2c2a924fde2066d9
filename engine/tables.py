"""Every table of the database; what a list shows stands in a column with an index that fits it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

OPEN = text("state = 'open'")  # a literal: a bound parameter would hide the partial index from a generic plan


def _id() -> Column[int]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True)


def _moment(name: str, *, nullable: bool = False) -> "Column[object]":
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _of(target: str, name: str, *, nullable: bool = False, primary_key: bool = False) -> Column[int]:
    return Column(name, BigInteger, ForeignKey(target), nullable=nullable, primary_key=primary_key)


users = Table(
    "users",
    metadata,
    _id(),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("phone", Text),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    _moment("created_at"),
)

# What a person may do, where: a clerk of one department in one region; '' where a role needs neither.
memberships = Table(
    "memberships",
    metadata,
    _of("users.id", "user_id", primary_key=True),
    Column("role", Text, primary_key=True),
    Column("department", Text, primary_key=True, server_default=""),
    Column("region", Text, primary_key=True, server_default=""),
)

subjects = Table(
    "subjects",
    metadata,
    _id(),
    Column("uscc", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

# An industry's files as published: immutable, found by content.
deployments = Table(
    "deployments",
    metadata,
    _id(),
    Column("industry", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("files", LargeBinary, nullable=False),
    _moment("published_at"),
    UniqueConstraint("industry", "version"),
    UniqueConstraint("industry", "sha256"),
)

# The deployment that new drafts of an industry are filed under.
published_industries = Table(
    "published_industries",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("name", Text, nullable=False),
    _of("deployments.id", "deployment_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    _of("users.id", "user_id"),
    Column("industry", Text, nullable=False),
    Column("region", Text, nullable=False),
    _of("deployments.id", "deployment_id"),
    Column("guide", JSON, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("typed", JSON, nullable=False),  # section → what was typed there, while it holds mistakes
    Column("done_sections", JSON, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("submit_token", Text, unique=True),
    _of("cases.id", "case_id", nullable=True),
    Column("version", Integer, nullable=False, server_default="1"),
    _moment("created_at"),
    _moment("updated_at"),
    Index("ix_drafts_user", "user_id", "updated_at", postgresql_where=OPEN),
)

cases = Table(
    "cases",
    metadata,
    _id(),
    Column("number", Text, nullable=False, unique=True),
    Column("industry", Text, nullable=False),
    Column("region", Text, nullable=False),
    _of("subjects.id", "subject_id"),
    _of("users.id", "applicant_id"),
    _of("deployments.id", "deployment_id"),
    Column("operator", Text, nullable=False),
    Column("uscc", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("accepted", Boolean),
    Column("guide", JSON, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("workflow_state", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("last_hash", Text, nullable=False, server_default=""),
    Column("committed_on", Date, nullable=False),
    _moment("submitted_at"),
    _moment("ended_at", nullable=True),
    Index("ix_cases_applicant", "applicant_id", "id"),
    Index("ix_cases_uscc", "uscc"),
    Index("ix_cases_region", "region", "id"),
    Index("ix_cases_running", "id", postgresql_where=text("ended_at is null")),
)

case_items = Table(
    "case_items",
    metadata,
    _of("cases.id", "case_id", primary_key=True),
    Column("item", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("visit", Boolean, nullable=False),
    Column("opinion", Text),
    Column("finding", Text),
    Column("outcome", Text),
    Column("reasons", Text),
    _moment("decided_at", nullable=True),
    _of("users.id", "decided_by", nullable=True),
)

materials = Table(
    "materials",
    metadata,
    _id(),
    Column("draft_id", Text, ForeignKey("drafts.id"), nullable=False),
    _of("cases.id", "case_id", nullable=True),
    Column("material", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    _of("users.id", "user_id"),
    _moment("added_at"),
    UniqueConstraint("draft_id", "material", "sha256"),
    Index("ix_materials_case", "case_id"),
)

# The id is the workflow's own: a step that waits now in one case, for a clerk (user) or a handler (service).
tasks = Table(
    "tasks",
    metadata,
    Column("id", Text, primary_key=True),
    _of("cases.id", "case_id"),
    Column("step", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("item", Text),
    Column("department", Text, nullable=False, server_default=""),
    Column("region", Text, nullable=False, server_default=""),
    Column("role", Text, nullable=False),
    _of("users.id", "assignee_id", nullable=True),
    _moment("due_at", nullable=True),
    Column("state", Text, nullable=False, server_default="open"),
    Column("outcome", Text),
    Column("form", JSON),
    _moment("opened_at"),
    _moment("done_at", nullable=True),
    _of("users.id", "done_by", nullable=True),
    CheckConstraint("state in ('open', 'done', 'cancelled')", name="state"),
    CheckConstraint("kind in ('user', 'service')", name="kind"),
    Index("ix_tasks_case", "case_id"),
    Index("ix_tasks_office", "department", "region", "role", "due_at", "id", postgresql_where=OPEN),
    Index("ix_tasks_assignee", "assignee_id", "due_at", "id", postgresql_where=OPEN),
    Index("ix_tasks_done_by", "done_by", "done_at", postgresql_where=text("state = 'done'")),
    Index("ix_tasks_service", "opened_at", postgresql_where=text("state = 'open' and kind = 'service'")),
)

timers = Table(
    "timers",
    metadata,
    Column("task_id", Text, primary_key=True),
    _of("cases.id", "case_id"),
    Column("event", Text, nullable=False),
    _moment("due_at"),
    Index("ix_timers_due", "due_at"),
    Index("ix_timers_case", "case_id"),
)

# Append only, each line bound to the one before by its hash (engine/events.py).
events = Table(
    "events",
    metadata,
    _of("cases.id", "case_id", primary_key=True),
    Column("seq", Integer, primary_key=True),
    _moment("at"),
    Column("actor", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    _id(),
    _of("cases.id", "case_id"),
    Column("task_id", Text),
    Column("kind", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    _moment("opened_at"),
    _moment("closed_at", nullable=True),
    _of("users.id", "closed_by", nullable=True),
    Index("ix_incidents_open", "opened_at", postgresql_where=OPEN),
    Index(
        "uq_incidents_open",
        "case_id",
        "kind",
        text("coalesce(task_id, '')"),
        unique=True,
        postgresql_where=OPEN,
    ),
)

# Where a numbered thing stands: rows are locked by the update that takes the next number, so there is no gap.
number_series = Table(
    "number_series",
    metadata,
    Column("series", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

certificates = Table(
    "certificates",
    metadata,
    _id(),
    Column("public_id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    Column("case_id", BigInteger, ForeignKey("cases.id"), nullable=False, unique=True),
    _of("subjects.id", "subject_id"),
    Column("industry", Text, nullable=False),
    Column("region", Text, nullable=False),
    _moment("created_at"),
)

# One printed state of a certificate: its content is frozen, its PDF rendered once.
certificate_issues = Table(
    "certificate_issues",
    metadata,
    _id(),
    _of("certificates.id", "certificate_id"),
    Column("issue", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("content", Text, nullable=False),
    _moment("issued_at"),
    Column("pdf_sha256", Text),
    _moment("rendered_at", nullable=True),
    UniqueConstraint("certificate_id", "issue"),
    Index("ix_certificate_issues_unrendered", "id", postgresql_where=text("pdf_sha256 is null")),
)

licences = Table(
    "licences",
    metadata,
    _id(),
    _of("cases.id", "case_id"),
    _of("certificates.id", "certificate_id", nullable=True),
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

# Scans are counted by day; who scanned is not kept.
scans = Table(
    "scans",
    metadata,
    _of("certificates.id", "certificate_id", primary_key=True),
    Column("day", Date, primary_key=True),
    Column("count", Integer, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    _id(),
    _of("users.id", "user_id"),
    _of("cases.id", "case_id", nullable=True),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    _moment("sent_at"),
    _moment("read_at", nullable=True),
    Index("ix_messages_user", "user_id", "sent_at"),
)
