"""Promises what time alone brings: licences expire, holders are reminded before, suspensions end."""

from datetime import datetime

from sqlalchemy import Engine

from certificates.life.expiry import expire_all
from certificates.life.reminding import remind_all
from certificates.life.suspensions import tell_of_ended


def pass_time(engine: Engine, now: datetime) -> None:
    """Do what is due at `now`; run twice or side by side, it does it once."""
    expire_all(engine, now)
    remind_all(engine, now)
    tell_of_ended(engine, now)
