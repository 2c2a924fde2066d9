"""A diagram's step `issue_certificate` finds its handler, and running it again issues nothing twice."""

from sqlalchemy import Connection, select

from engine.departments.registry import HandlerTask, find_handler
from engine.tables import certificate_issues, certificates
from tests.certificates.test_register import NOW, make_case


def test_the_step_issues_the_case_s_certificate_once(db: Connection) -> None:
    task = HandlerTask(make_case(db, "0001"), "t1", "issue_certificate", None, "approval", "370303")
    work = find_handler("issue_certificate")
    assert [work(db, task, NOW), work(db, task, NOW)] == ["issued", "issued"]
    issues = select(certificates.c.number, certificate_issues.c.issue).join_from(
        certificates, certificate_issues
    )
    assert db.execute(issues).all() == [("370303-YZ-2026-000001", 1)]
