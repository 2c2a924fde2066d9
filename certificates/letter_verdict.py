"""Promises a verdict on a letter: a genuine one stays so, and says what became of the licence it is about."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from certificates.current import rows_on
from certificates.public import IN_FORCE, state_of
from certificates.verdict import AS_REGISTERED, ENDED, GOOD, Verdict
from engine.days import local_day
from engine.tables import letters, licences


def letter_that(db: Connection, match: ColumnElement[bool]) -> Row[Any] | None:
    """The letter that fits."""
    return db.execute(select(letters).where(match)).one_or_none()


def judge_letter(db: Connection, letter: Row[Any], now: datetime) -> Verdict:
    """The verdict on a file that is exactly the letter; revoked when its licence is in force no more."""
    reasons = [AS_REGISTERED, f"文书：{letter.issuer}《{letter.name}》。"]
    query = rows_on(local_day(now)).where(
        licences.c.case_id == letter.case_id, licences.c.item == letter.item
    )
    licence = db.execute(query).one_or_none()
    if licence is None:
        return Verdict(GOOD, tuple(reasons), letter.number)
    state = state_of(licence)
    reasons.append(f"文书所说的许可（{licence.document}，{licence.number}）现在：{state}。")
    return Verdict(GOOD if state in IN_FORCE else ENDED, tuple(reasons), letter.number)
