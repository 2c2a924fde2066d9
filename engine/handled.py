"""The cases and items that a clerk's own office reviews or decides, whose clocks they may stop."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, select

from engine.cases import Case, load_case
from engine.deployments import Deployment, load
from engine.errors import NotFound
from engine.offices import of_one_office
from engine.people import User
from engine.tables import case_items, cases, memberships, tasks

CLERK = "clerk"


@dataclass(frozen=True)
class Handled:
    """A case that goes on, before a clerk who handles `item` in it ('' for the whole case)."""

    case: Case
    deployment: Deployment
    item: str

    @property
    def name(self) -> str:
        """The item's name, "" for the whole case."""
        return self.deployment.catalogue_on(self.case.filed_on).item(self.item).name if self.item else ""


def handle(db: Connection, user: User, number: str, item: str) -> Handled:
    """The case and item if an office of this person handles it and nothing is decided; NotFound otherwise."""
    query = (
        select(cases.c.id)
        .join(case_items, case_items.c.case_id == cases.c.id)
        .where(cases.c.number == number, cases.c.ended_at.is_(None), _by(user))
    )
    if item:
        query = query.where(case_items.c.item == item, case_items.c.outcome.is_(None))
    case_id = db.execute(query.limit(1)).scalar()
    if case_id is None:
        raise NotFound("没有找到您可以处理的事项。", "它可能已经办结，或者不由您所在的部门审查、决定。")
    case = load_case(db, case_id)
    return Handled(case, load(db, case.deployment_id), item)


def items_handled(db: Connection, user: User, case_id: int) -> frozenset[str]:
    """The undecided items of a case that offices of this person review or decide."""
    query = (
        select(case_items.c.item)
        .join(cases, cases.c.id == case_items.c.case_id)
        .where(cases.c.id == case_id, cases.c.ended_at.is_(None), case_items.c.outcome.is_(None), _by(user))
    )
    return frozenset(db.execute(query).scalars())


def _by(user: User) -> ColumnElement[bool]:
    """An office that has or had a task of the item; never the applicant's own case."""
    worked = (
        exists()
        .where(tasks.c.case_id == cases.c.id, tasks.c.item == case_items.c.item, tasks.c.role == CLERK)
        .where(memberships.c.user_id == user.id, of_one_office())
    )
    return worked & (cases.c.applicant_id != user.id)
