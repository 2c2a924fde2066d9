"""A diagram's step `issue_certificate` finds its handler, and running it again issues nothing twice."""

from sqlalchemy import Connection, func, select

import certificates.handlers  # noqa: F401  # registers the handler
from engine.departments.registry import HandlerTask, find_handler
from engine.tables import certificate_issues

from .test_register import NOW, make_case


def test_the_step_issues_the_case_s_certificate_once(db: Connection) -> None:

    task = HandlerTask(make_case(db, "0001"), "t1", "issue_certificate", None, "approval", "370303")
    work = find_handler("issue_certificate")
    first, again = work(db, task, NOW), work(db, task, NOW)
    assert first == again
    assert first.outcome == "issued"
    assert first.details == {"certificate": "370303-YZ-2026-000001", "issue": 1}
    assert db.execute(select(func.count()).select_from(certificate_issues)).scalar_one() == 1
