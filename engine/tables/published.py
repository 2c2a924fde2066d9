"""Industries as published, and the applications being filled in under them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from engine.tables.columns import OPEN, metadata, moment, of, row_id

deployments = Table(
    "deployments",
    metadata,
    row_id(),
    Column("industry", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("files", LargeBinary, nullable=False),
    moment("published_at"),
    UniqueConstraint("industry", "version"),
    UniqueConstraint("industry", "sha256"),
)


published_industries = Table(
    "published_industries",
    metadata,
    Column("industry", Text, primary_key=True),
    Column("name", Text, nullable=False),
    of("deployments.id", "deployment_id"),
    # what lists show, so that no list reads a whole deployment
    Column("title", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("pilot", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_count", Integer, nullable=False),
    Column("words", Text, nullable=False),
)


drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    of("users.id", "user_id"),
    Column("industry", Text, nullable=False),
    Column("region", Text, nullable=False),
    of("deployments.id", "deployment_id"),
    Column("guide", JSON, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("typed", JSON, nullable=False),  # section → what was typed there, while it holds mistakes
    Column("done_sections", JSON, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    Column("submit_token", Text, unique=True),
    of("cases.id", "case_id", nullable=True),
    of("cases.id", "parent_id", nullable=True),  # whose certificate gets what is applied for
    Column("left_out", JSON, nullable=False, server_default="[]"),  # items that stand on it already
    Column("version", Integer, nullable=False, server_default="1"),
    moment("created_at"),
    moment("updated_at"),
    Index("ix_drafts_user", "user_id", "updated_at", postgresql_where=OPEN),
)


materials = Table(
    "materials",
    metadata,
    row_id(),
    Column("draft_id", Text, ForeignKey("drafts.id")),  # none for what came with a case that had no draft
    of("cases.id", "case_id", nullable=True),
    Column("material", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    of("users.id", "user_id"),
    moment("added_at"),
    UniqueConstraint("draft_id", "material", "sha256"),
    Index("ix_materials_case", "case_id"),
)
