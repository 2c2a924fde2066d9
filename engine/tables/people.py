"""People and what they may do where; the enterprises that applications are for."""

from sqlalchemy import Boolean, Column, Index, Table, Text, text

from engine.tables.columns import metadata, moment, of, row_id

users = Table(
    "users",
    metadata,
    row_id(),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("phone", Text),
    Column("email", Text),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    moment("created_at"),
)


memberships = Table(
    "memberships",
    metadata,
    of("users.id", "user_id", primary_key=True),
    Column("role", Text, primary_key=True),
    Column("department", Text, primary_key=True, server_default=""),
    Column("region", Text, primary_key=True, server_default=""),
)


subjects = Table(
    "subjects",
    metadata,
    row_id(),
    Column("uscc", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)


messages = Table(
    "messages",
    metadata,
    row_id(),
    of("users.id", "user_id"),
    of("cases.id", "case_id", nullable=True),
    Column("title", Text, nullable=False, server_default=""),  # '' in messages from before 0004
    Column("text", Text, nullable=False),
    Column("link", Text, nullable=False, server_default=""),  # the page where something is to be done
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False, server_default=""),
    moment("sent_at"),
    moment("read_at", nullable=True),
    Index("ix_messages_user", "user_id", "sent_at"),
    Index("ix_messages_unread", "user_id", "sent_at", postgresql_where=text("read_at is null")),
    Index("ix_messages_case", "case_id", "id"),
)
