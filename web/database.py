"""Give a view its database: one transaction to read in, or one command run to its end."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from flask import current_app
from sqlalchemy import Connection, Engine

from engine.database import run, transaction

T = TypeVar("T")


def database() -> Engine:
    """The application's engine."""
    engine = current_app.extensions["database"]
    assert isinstance(engine, Engine)
    return engine


def reading() -> AbstractContextManager[Connection]:
    """A transaction for the queries of one page."""
    return transaction(database())


def act(command: Callable[[Connection], T]) -> T:
    """Run one command in its own transaction; again when its case moved meanwhile."""
    return run(database(), command)
