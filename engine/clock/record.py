"""Enters in the ledger what a happening does to the clocks of a case."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from engine.happenings import Happened
from engine.letters.write import Letter


def record(db: Connection, happened: Happened, letters: Sequence[Letter], now: datetime) -> None:
    """Add to the ledger the entries that follow from `happened`; `letters` are those just written."""
