"""Promises a verdict on a letter: a genuine one stays so, and says what became of the licence it is about.

One that gives something, as a grant or a renewal does, is worth no more than its licence is now; one that
takes something, as a revocation does, is what it always was.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from certificates.about import is_about
from certificates.current import rows_on
from certificates.public import IN_FORCE, state_of
from certificates.verdict import AS_REGISTERED, ENDED, GOOD, Verdict
from engine.cases import load_case
from engine.days import local_day
from engine.deployments import load
from engine.letters.reading import gives
from engine.tables import letters


def letter_that(db: Connection, match: ColumnElement[bool]) -> Row[Any] | None:
    """The letter that fits."""
    return db.execute(select(letters).where(match)).one_or_none()


def judge_letter(db: Connection, letter: Row[Any], now: datetime) -> Verdict:
    """The verdict on a file that is exactly the letter; revoked when what it gave is in force no more."""
    reasons = [AS_REGISTERED, f"文书：{letter.issuer}《{letter.name}》。"]
    case = load_case(db, letter.case_id)
    query = rows_on(local_day(now)).where(is_about(case, letter.item))
    licence = db.execute(query).one_or_none()
    if licence is None:
        return Verdict(GOOD, tuple(reasons), letter.number)
    state = state_of(licence)
    reasons.append(f"文书所说的许可（{licence.document}，{licence.number}）现在：{state}。")
    ended = state not in IN_FORCE and gives(load(db, case.deployment_id).files, letter.kind)
    return Verdict(ENDED if ended else GOOD, tuple(reasons), letter.number)
