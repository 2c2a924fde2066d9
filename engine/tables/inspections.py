"""The joint visit: its plan and team, what was noted on the spot, and what had to be put right after it."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.tables.columns import metadata, moment, of, row_id

inspections = Table(  # one visit of all offices that need one (round 1), and its one re-check (round 2)
    "inspections",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    Column("round", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # site, remote (by video), paper (a re-check of what was sent)
    Column("state", Text, nullable=False),  # proposed, settled, held, cancelled
    Column("region", Text, nullable=False),  # of the case: whose lead arranges it
    Column("place", Text, nullable=False),
    Column("slots", JSON, nullable=False),  # what was offered: each {day (ISO), half (am, pm)}
    Column("day", Date),  # the slot that holds, or is thought to hold until somebody objects
    Column("half", Text),  # am, pm
    moment("answer_by", nullable=True),  # who has not answered then agrees
    Column(
        "party", JSON, nullable=False, server_default="{}"
    ),  # the applicant's answer: see engine.inspections
    Column("note", Text, nullable=False, server_default=""),
    Column(
        "recording", Text, nullable=False, server_default=""
    ),  # where the recording of a remote visit is kept
    of("users.id", "arranged_by", nullable=True),
    moment("arranged_at"),
    of("users.id", "closed_by", nullable=True),
    moment("closed_at", nullable=True),
    CheckConstraint("kind in ('site', 'remote', 'paper')", name="kind"),
    CheckConstraint("state in ('proposed', 'settled', 'held', 'cancelled')", name="state"),
    CheckConstraint("half in ('am', 'pm')", name="half"),
    UniqueConstraint("case_id", "round"),
    Index("ix_inspections_day", "region", "day", postgresql_where=text("state in ('proposed', 'settled')")),
)


inspection_offices = Table(  # the offices of a visit, each with what it answered to the date
    "inspection_offices",
    metadata,
    of("inspections.id", "inspection_id", primary_key=True),
    Column("department", Text, primary_key=True),
    Column("region", Text, primary_key=True),
    Column("items", JSON, nullable=False),  # those that it looks at
    Column("answer", Text, nullable=False, server_default=""),  # '', agreed, cannot, silence
    Column("words", Text, nullable=False, server_default=""),
    of("users.id", "answered_by", nullable=True),
    moment("answered_at", nullable=True),
    CheckConstraint("answer in ('', 'agreed', 'cannot', 'silence')", name="answer"),
    Index("ix_inspection_offices_silent", "answered_at", postgresql_where=text("answer = 'silence'")),
)


inspectors = Table(  # the team
    "inspectors",
    metadata,
    of("inspections.id", "inspection_id", primary_key=True),
    of("users.id", "user_id", primary_key=True),
    Column("department", Text, nullable=False),
    Column("region", Text, nullable=False),
    of("users.id", "named_by"),
    moment("named_at"),
    Index("ix_inspectors_user", "user_id", "inspection_id"),
)


inspection_experts = Table(  # invited by a link that opens this visit and nothing else
    "inspection_experts",
    metadata,
    row_id(),
    of("inspections.id", "inspection_id"),
    Column("name", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("token_sha256", Text, nullable=False, unique=True),
    of("users.id", "invited_by"),
    moment("invited_at"),
    moment("expires_at"),
    Column("opinion", Text, nullable=False, server_default=""),
    moment("opined_at", nullable=True),
    Index("ix_inspection_experts_inspection", "inspection_id"),
)


inspection_entries = Table(  # what phones noted: only ever added to, so that any order gives the same visit
    "inspection_entries",
    metadata,
    Column("id", Text, primary_key=True),  # made by the phone: sent again, it is the same entry
    of("inspections.id", "inspection_id"),
    of("users.id", "user_id"),
    Column("device", Text, nullable=False),
    Column("kind", Text, nullable=False),  # point, signature, party
    Column("subject", Text, nullable=False, server_default=""),  # the point's id
    Column("edit", Integer, nullable=False),  # a Lamport clock: of one person's entries the highest holds
    Column("body", JSON, nullable=False),
    moment("noted_at"),  # by the phone's clock, put right by how far it is off
    Column("skew", Integer, nullable=False),  # seconds that the phone's clock was ahead of ours
    moment("received_at"),
    CheckConstraint("kind in ('point', 'signature', 'party')", name="kind"),
    Index("ix_inspection_entries_inspection", "inspection_id", "subject"),
)


inspection_photos = Table(
    "inspection_photos",
    metadata,
    Column("id", Text, primary_key=True),  # made by the phone
    of("inspections.id", "inspection_id"),
    of("users.id", "user_id"),
    Column("point", Text, nullable=False, server_default=""),  # '' for the place as a whole
    Column("label", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("thumbnail", Text, nullable=False),  # SHA-256 of a small JPEG, for pages and minutes
    moment("taken_at"),
    Column("skew", Integer, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("accuracy", Float),  # metres
    moment("received_at"),
    UniqueConstraint("inspection_id", "point", "sha256"),
)


rectifications = Table(  # one notice of what to put right, for all offices, with one deadline
    "rectifications",
    metadata,
    row_id(),
    Column("case_id", ForeignKey("cases.id"), nullable=False, unique=True),
    of("inspections.id", "inspection_id"),
    of("letters.id", "letter_id", nullable=True),
    Column("due_on", Date, nullable=False),
    Column("state", Text, nullable=False, server_default="asked"),
    Column("note", Text, nullable=False, server_default=""),
    moment("asked_at"),
    moment("answered_at", nullable=True),
    CheckConstraint("state in ('asked', 'answered', 'lapsed')", name="state"),
)


rectification_points = Table(
    "rectification_points",
    metadata,
    of("rectifications.id", "rectification_id", primary_key=True),
    Column("point", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("items", JSON, nullable=False),
    Column("words", Text, nullable=False),  # what was found
    Column("reply", Text, nullable=False, server_default=""),
)


rectification_files = Table(  # proof, per point
    "rectification_files",
    metadata,
    row_id(),
    of("rectifications.id", "rectification_id"),
    Column("point", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    of("users.id", "user_id"),
    moment("added_at"),
    UniqueConstraint("rectification_id", "point", "sha256"),
)
