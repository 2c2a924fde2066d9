"""What the law's time is made of: the calendar, the ledger of clocks, hearings, and approvals."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from engine.tables.columns import metadata, moment, of, row_id

calendar_days = (
    Table(  # what an administrator laid down; where there is no row, chinesecalendar or the plain week
        "calendar_days",
        metadata,
        Column("region", Text, primary_key=True),  # '' for the whole country
        Column("day", Date, primary_key=True),
        Column("works", Boolean, nullable=False),
        Column("reason", Text, nullable=False),
        of("users.id", "set_by"),
        moment("set_at"),
    )
)


calendar_years = Table(  # years that an administrator declared complete: what is counted in them is certain
    "calendar_years",
    metadata,
    Column("year", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    of("users.id", "set_by"),
    moment("set_at"),
)


working_days = Table(  # the calendar written out, so that one query counts; a cache, made anew from the above
    "working_days",
    metadata,
    Column("region", Text, primary_key=True),  # '' unless the region has days of its own
    Column("day", Date, primary_key=True),
    Column("works", Boolean, nullable=False),
    Column(
        "ordinal", Integer, nullable=False
    ),  # working days from the first day written out up to and with this
    Column("provisional", Boolean, nullable=False),
    Index("ix_working_days_ordinal", "region", "ordinal", "day"),
)


clock_entries = Table(  # the ledger: only ever added to
    "clock_entries",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    Column("clock", Text, nullable=False),
    Column("item", Text, nullable=False, server_default=""),  # '' for a clock of the whole case
    Column("entry", Text, nullable=False),
    Column("on_day", Date, nullable=False),  # the local day, from which days are counted
    moment("at"),
    Column(
        "days", Integer
    ),  # start: allowed; extend: added; pause: how long it is expected to take (working days)
    Column(
        "kind", Text
    ),  # of a pause: hearing, testing, appraisal, expert_review, site_visit, rectification …
    Column("closes", BigInteger),  # resume: the id of the pause that it ends
    Column("about", Text, nullable=False, server_default=""),  # the item that a whole case's entry is about
    Column("warn_days", Integer),  # start: it is yellow from so many working days before the end
    Column("reason", Text, nullable=False, server_default=""),
    Column("law", Text, nullable=False, server_default=""),
    of("letters.id", "letter_id", nullable=True),
    Column("actor", Text, nullable=False),
    CheckConstraint("clock in ('receipt', 'bundle', 'statutory', 'committed')", name="clock"),
    CheckConstraint("entry in ('start', 'pause', 'resume', 'extend', 'stop')", name="entry"),
    Index("ix_clock_entries_case", "case_id", "id"),
)


clocks = Table(  # computed from the ledger by one query (engine.clock), never written by hand
    "clocks",
    metadata,
    of("cases.id", "case_id", primary_key=True),
    Column("clock", Text, primary_key=True),
    Column("item", Text, primary_key=True, server_default=""),
    Column("state", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("yellow_from", Date, nullable=False),  # from this day on it is near its end
    Column("provisional", Boolean, nullable=False),
    Column(
        "projected_on", Date
    ),  # while paused: the day that the date was reckoned on; it moves on with the days
    CheckConstraint("state in ('running', 'paused', 'stopped')", name="state"),
    CheckConstraint("(state = 'paused') = (projected_on is not null)", name="projected"),
    Index("ix_clocks_open", "due_on", "case_id", postgresql_where=text("state <> 'stopped'")),
    Index("ix_clocks_projected", "projected_on", postgresql_where=text("projected_on is not null")),
)


hearings = Table(
    "hearings",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    Column("item", Text, nullable=False),
    Column("ground", Text, nullable=False),  # mandatory, request
    Column("state", Text, nullable=False),  # offered, asked, declined, called, held, cancelled
    Column("reasons", Text, nullable=False, server_default=""),  # why it is offered
    Column("ask_by", Date),
    Column("request", Text, nullable=False, server_default=""),  # the applicant's words
    Column("place", Text, nullable=False, server_default=""),
    Column("chair", Text, nullable=False, server_default=""),
    of("users.id", "chair_id", nullable=True),
    Column("minutes", JSON),  # the form of the hearing, frozen as signed
    Column("ending", Text, nullable=False, server_default=""),  # why it was declined or cancelled
    moment("offered_at", nullable=True),
    moment("asked_at", nullable=True),
    moment("called_at", nullable=True),
    moment("takes_place_at", nullable=True),
    moment("held_at", nullable=True),
    Index("ix_hearings_called", "takes_place_at", postgresql_where=text("state = 'called'")),
    Index("ix_hearings_offered", "ask_by", postgresql_where=text("state = 'offered'")),
    Index("uq_hearings_open", "case_id", "item", unique=True, postgresql_where=text("state <> 'cancelled'")),
)


approvals = Table(  # what takes effect only when a second person, who answers for it, says yes
    "approvals",
    metadata,
    row_id(),
    of("cases.id", "case_id"),
    Column("item", Text, nullable=False, server_default=""),
    Column("kind", Text, nullable=False),  # extension, second_correction
    Column("values", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),  # open, granted, refused
    of("users.id", "asked_by"),
    moment("asked_at"),
    of("users.id", "answered_by", nullable=True),
    moment("answered_at", nullable=True),
    Column("words", Text, nullable=False, server_default=""),
    Index("ix_approvals_open", "department", "region", "asked_at", postgresql_where=text("state = 'open'")),
    Index("ix_approvals_case", "case_id"),
)
