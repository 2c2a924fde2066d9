"""Runs the migrations inside one transaction, one process at a time, and writes out the calendar.

The calendar comes anew each time: a newer `chinesecalendar` knows more years.
"""

from datetime import UTC, datetime

from alembic import context
from sqlalchemy import create_engine, text

from engine.clock.calendar import write_out
from engine.clock.lights import compute_all
from engine.database import newest_revisions
from engine.days import local_day
from engine.tables import metadata

LOCK = 4_221_120_260  # any fixed number: two processes that upgrade at once wait for each other

engine = create_engine(context.config.attributes["url"])
with engine.begin() as connection:
    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
    if set(context.get_context().get_current_heads()) == set(newest_revisions()) and write_out(connection):
        compute_all(connection, local_day(datetime.now(UTC)))
engine.dispose()
