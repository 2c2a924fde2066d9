"""Runs the migrations inside one transaction, one process at a time."""

from alembic import context
from sqlalchemy import create_engine, text

from engine.tables import metadata

LOCK = 4_221_120_260  # any fixed number: two processes that upgrade at once wait for each other

engine = create_engine(context.config.attributes["url"])
with engine.begin() as connection:
    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
