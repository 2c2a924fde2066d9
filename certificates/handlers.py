"""Promises the handler that diagrams call `issue_certificate`: granted licences become one certificate."""

import secrets
from datetime import datetime

from sqlalchemy import Connection, select

from certificates.register import issue
from engine.departments.registry import HandlerTask, handler
from engine.tables import cases, licences

FIRST_ISSUE = "首次签发"


@handler("issue_certificate")
def issue_certificate(db: Connection, task: HandlerTask, now: datetime) -> str:
    """Enter the case's certificate in the register; run again, it is the same one."""
    issue(
        db,
        case_id=task.case_id,
        department=task.department,
        reason=_reason(db, task.case_id),
        now=now,
        random_bytes=secrets.token_bytes,
    )
    return "issued"


def _reason(db: Connection, case_id: int) -> str:
    """Why it is issued: for the first time, or for what a later case adds to it."""
    if db.execute(select(cases.c.parent_id).where(cases.c.id == case_id)).scalar() is None:
        return FIRST_ISSUE
    query = select(licences.c.document).where(licences.c.case_id == case_id).order_by(licences.c.id)
    return f"增加{'、'.join(db.execute(query).scalars())}"
