"""A certificate with several licences to live through, and what must hold of it at any time."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, Row, select

from certificates.facts import CertificateData, read_facts
from certificates.states import IN_FORCE, LIVE
from engine.tables import certificate_issues, certificates, licences
from tests.certificates.test_register import first_issue, make_case

ITEMS = ("食品经营许可", "烟草专卖零售许可")


def born(db: Connection, turn: str = "0001") -> int:
    """A certificate with two licences, issued once; returns its id."""
    case_id = make_case(db, turn, ITEMS)
    first_issue(db, case_id)
    return int(db.execute(select(certificates.c.id).where(certificates.c.case_id == case_id)).scalar_one())


def licences_of(db: Connection, certificate: int) -> list[Row[tuple[object, ...]]]:
    query = select(licences).where(licences.c.certificate_id == certificate).order_by(licences.c.id)
    return list(db.execute(query))


def issues_of(db: Connection, certificate: int) -> list[Row[tuple[object, ...]]]:
    query = select(certificate_issues).where(certificate_issues.c.certificate_id == certificate)
    return list(db.execute(query.order_by(certificate_issues.c.issue)))


def row_of(db: Connection, certificate: int) -> Row[tuple[object, ...]]:
    return db.execute(select(certificates).where(certificates.c.id == certificate)).one()


def states(db: Connection, certificate: int) -> list[str]:
    return [str(row.state) for row in licences_of(db, certificate)]


def newest(db: Connection, certificate: int) -> CertificateData:
    return read_facts(issues_of(db, certificate)[-1].content)


def holds_together(db: Connection, certificate: int, seen: dict[int, str]) -> None:
    """Assert that register, licences and issues say the same; `seen` are the issues as they were before."""
    stands, rows, issues = row_of(db, certificate), licences_of(db, certificate), issues_of(db, certificate)
    assert [each.issue for each in issues] == list(range(1, len(issues) + 1))
    assert [each.previous_id for each in issues] == [None, *(each.id for each in issues[:-1])]
    for each in issues:
        assert read_facts(each.content).issue == each.issue
        assert seen.setdefault(each.issue, each.content) == each.content
    identifiers = [read_facts(each.content).identifier.split(".") for each in issues]
    assert len({tuple(each[:-2]) for each in identifiers}) <= 1  # but for version and check
    assert [each[-2] for each in identifiers] == [f"{each.issue:03d}" for each in issues]
    in_force = [row for row in rows if row.state in IN_FORCE]
    if in_force:
        stated = newest(db, certificate)
        assert {line.number: _line(line) for line in stated.licences} == {
            row.number: _line(row) for row in in_force
        }
        face = (stands.operator, stands.legal_representative, stands.address)
        assert {row.number for row in rows if row.printed} == {row.number for row in in_force}
        assert (stated.operator, stated.legal_representative, stated.address) == face
    assert (stands.lapsed_at is None) == any(row.state in LIVE for row in rows)


def anew(facts: CertificateData) -> CertificateData:
    """The facts without what differs between two issues that say the same."""
    return replace(facts, issue=1, issued_on=date.min)


def at(day: str) -> datetime:
    """Noon in China of a day."""
    return datetime.fromisoformat(f"{day}T12:00+08:00")


def _line(row: object) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in ("decider", "scope", "valid_from", "valid_until"))
