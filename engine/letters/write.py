"""Writes the letters that the law wants when something happens."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.happenings import Happened


@dataclass(frozen=True)
class Letter:
    """A letter just written: its row, kind, number and name; `item` '' when it is about the whole case."""

    id: int
    kind: str
    item: str
    number: str
    name: str


def write(db: Connection, happened: Happened, now: datetime) -> tuple[Letter, ...]:
    """Write, number and keep the letters that follow from `happened`; the jobs that print them are queued."""
    return ()
