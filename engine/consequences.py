"""Carries out what the law attaches to a happening: letters first, then clocks, then messages."""

from datetime import datetime

from sqlalchemy import Connection

from engine.clock.record import record
from engine.happenings import Happened
from engine.letters.write import Letter, write
from engine.outbox.tell import tell


def follow(db: Connection, happened: Happened, now: datetime) -> tuple[Letter, ...]:
    """Write the letters, clock entries and messages of `happened`, in the caller's transaction."""
    letters = write(db, happened, now)
    record(db, happened, letters, now)
    tell(db, happened, letters, now)
    return letters
