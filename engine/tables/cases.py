"""Cases under way: their items, tasks, timers, log and incidents."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)

from engine.tables.columns import OPEN, metadata, moment, of, row_id

cases = Table(
    "cases",
    metadata,
    row_id(),
    Column("number", Text, nullable=False, unique=True),
    Column("industry", Text, nullable=False),
    Column("region", Text, nullable=False),
    of("subjects.id", "subject_id"),
    of("users.id", "applicant_id"),
    of("deployments.id", "deployment_id"),
    Column("operator", Text, nullable=False),
    Column("uscc", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("accepted", Boolean),
    Column("process", Text, nullable=False, server_default=""),  # '' is the industry's own
    of("cases.id", "parent_id", nullable=True),  # of the case that this one follows
    Column("words", JSON, nullable=False, server_default="{}"),  # what was said about the case as a whole
    Column("guide", JSON, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("workflow_state", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("last_seq", Integer, nullable=False, server_default="0"),
    Column("last_hash", Text, nullable=False, server_default=""),
    Column("committed_on", Date, nullable=False),
    moment("submitted_at"),
    moment("ended_at", nullable=True),
    Index("ix_cases_applicant", "applicant_id", "id"),
    Index("ix_cases_uscc", "uscc"),
    Index("ix_cases_region", "region", "id"),
    Index("ix_cases_parent", "parent_id", postgresql_where=text("parent_id is not null")),
    Index("ix_cases_running", "id", postgresql_where=text("ended_at is null")),
)


case_items = Table(
    "case_items",
    metadata,
    of("cases.id", "case_id", primary_key=True),
    Column("item", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("authority", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="行政许可"),  # how the law calls the decision
    Column("reviewer", Text, nullable=False, server_default=""),  # '' in cases filed before 0004
    Column("region", Text, nullable=False),
    Column("visit", Boolean, nullable=False),
    Column("way", Text, nullable=False, server_default="usual"),  # usual, commitment
    Column("opinion", Text),
    Column("finding", Text),
    Column("outcome", Text),
    Column("reasons", Text),
    moment("decided_at", nullable=True),
    of("users.id", "decided_by", nullable=True),
)


tasks = Table(
    "tasks",
    metadata,
    Column("id", Text, primary_key=True),
    of("cases.id", "case_id"),
    Column("step", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("item", Text),
    Column("department", Text, nullable=False, server_default=""),
    Column("region", Text, nullable=False, server_default=""),
    Column("role", Text, nullable=False),
    of("users.id", "assignee_id", nullable=True),
    moment("due_at", nullable=True),
    Column("state", Text, nullable=False, server_default="open"),
    Column("outcome", Text),
    Column("form", JSON),
    moment("opened_at"),
    moment("done_at", nullable=True),
    of("users.id", "done_by", nullable=True),
    CheckConstraint("state in ('open', 'done', 'cancelled')", name="state"),
    CheckConstraint("kind in ('user', 'service')", name="kind"),
    Index("ix_tasks_case", "case_id"),
    Index("ix_tasks_office", "department", "region", "role", "due_at", "id", postgresql_where=OPEN),
    Index("ix_tasks_assignee", "assignee_id", "due_at", "id", postgresql_where=OPEN),
    Index("ix_tasks_announced", "done_at", postgresql_where=text("act = 'announce' and state = 'done'")),
    Index("ix_tasks_done_by", "done_by", "done_at", postgresql_where=text("state = 'done'")),
    Index(
        "ix_tasks_receipt",
        "case_id",
        postgresql_where=text("state = 'open' and act in ('accept', 'recheck')"),
    ),
    Index("ix_tasks_service", "opened_at", postgresql_where=text("state = 'open' and kind = 'service'")),
)


timers = Table(
    "timers",
    metadata,
    Column("task_id", Text, primary_key=True),
    of("cases.id", "case_id"),
    Column("event", Text, primary_key=True),  # an event gateway waits for several with one task
    moment("due_at"),
    Index("ix_timers_due", "due_at"),
    Index("ix_timers_case", "case_id"),
)


events = Table(
    "events",
    metadata,
    of("cases.id", "case_id", primary_key=True),
    Column("seq", Integer, primary_key=True),
    moment("at"),
    Column("actor", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)


incidents = Table(
    "incidents",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    Column("task_id", Text),
    Column("kind", Text, nullable=False),
    Column("says", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    moment("opened_at"),
    moment("closed_at", nullable=True),
    of("users.id", "closed_by", nullable=True),
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


number_series = Table(
    "number_series",
    metadata,
    Column("series", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)
