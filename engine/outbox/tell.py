"""Tells the applicant what happened."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from engine.happenings import Happened
from engine.letters.write import Letter


def tell(db: Connection, happened: Happened, letters: Sequence[Letter], now: datetime) -> None:
    """Queue the message about `happened` to the applicant, naming the `letters` that go with it."""
