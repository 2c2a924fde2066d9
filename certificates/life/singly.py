"""Promises that one thing that fails holds up nothing else: each in its own transaction, failures logged."""

import logging
from collections.abc import Callable

from sqlalchemy import Connection, Engine

from engine.database import run


def succeeds(
    engine: Engine, command: Callable[[Connection], object], log: logging.Logger, failed: str, about: int
) -> bool:
    """Whether the command went through; else `failed`, with the id that it is about, is in the log."""
    try:
        run(engine, command)
    except Exception:
        log.exception(failed, about)
        return False
    return True
