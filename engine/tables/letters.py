"""Letters as issued, how each reached the person, and messages on their way out."""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text, UniqueConstraint, text

from engine.tables.columns import metadata, moment, of, row_id

letters = Table(
    "letters",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    Column("item", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("content", JSON, nullable=False),  # every word of it, frozen; later wording never changes it
    moment("issued_at"),
    Column("pdf_sha256", Text),
    moment("rendered_at", nullable=True),
    UniqueConstraint("region", "kind", "year", "serial"),
    Index("ix_letters_case", "case_id", "id"),
    Index("ix_letters_unrendered", "id", postgresql_where=text("pdf_sha256 is null")),
    Index("ix_letters_pdf_sha256", "pdf_sha256"),
)


letter_deliveries = Table(  # 送达: who received it, how and when
    "letter_deliveries",
    metadata,
    row_id(),
    of("letters.id", "letter_id"),
    Column("way", Text, nullable=False),  # electronic, counter, post, left
    Column("receiver", Text, nullable=False),
    Column("words", Text, nullable=False, server_default=""),
    moment("delivered_at"),
    of("users.id", "recorded_by", nullable=True),
    UniqueConstraint("letter_id", "way"),
)


deliveries = Table(  # the outbox: a message on one channel
    "deliveries",
    metadata,
    row_id(),
    of("messages.id", "message_id"),
    Column("channel", Text, nullable=False),  # console, smtp, sms
    Column("address", Text, nullable=False),
    Column("words", Text, nullable=False, server_default=""),  # what a short message says instead of its text
    Column("state", Text, nullable=False, server_default="queued"),  # queued, sent, failed
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    moment("queued_at"),
    moment("sent_at", nullable=True),
    UniqueConstraint("message_id", "channel"),
    Index("ix_deliveries_waiting", "queued_at", postgresql_where=text("state <> 'sent'")),
)
