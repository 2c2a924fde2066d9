"""Promises the handler that diagrams call `issue_certificate`: granted licences become one certificate."""

import secrets
from datetime import datetime

from sqlalchemy import Connection

from certificates.register import issue
from engine.departments.registry import HandlerTask, handler

FIRST_ISSUE = "首次签发"


@handler("issue_certificate")
def issue_certificate(db: Connection, task: HandlerTask, now: datetime) -> str:
    """Enter the case's certificate in the register; run again, it is the same one."""
    issue(
        db,
        case_id=task.case_id,
        department=task.department,
        reason=FIRST_ISSUE,
        now=now,
        random_bytes=secrets.token_bytes,
    )
    return "issued"
