"""Finds the case and the hearing that a person may act on; NotFound for everybody else."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, exists, select

from engine.cases import Case, load_case
from engine.deployments import Deployment, load
from engine.errors import NotFound, Refusal
from engine.hearings.hearing import REQUEST, Hearing, hearing
from engine.people import User
from engine.tables import case_items, cases, hearings, memberships, tasks

CLERK = "clerk"


@dataclass(frozen=True)
class Found:
    """A hearing in its case, as they stand at one moment."""

    case: Case
    deployment: Deployment
    hearing: Hearing

    @property
    def title(self) -> str:
        """The name of the item that it is about."""
        return self.deployment.catalogue_on(self.case.filed_on).item(self.hearing.item).name

    def refuse_unless(self, *states: str) -> None:
        """A Refusal when the hearing has gone on meanwhile; held by law, it is a matter of its tasks."""
        if self.hearing.ground != REQUEST:
            raise Refusal(
                "这是依法必须举行的听证，由流程里的任务办理。", "请从任务列表办理“通知听证”“听证”。"
            )
        if self.hearing.state not in states:
            raise Refusal("这件听证已经不在这一步，您的操作没有生效。", "请刷新页面，查看最新情况。")


def deciding(user: User) -> ColumnElement[bool]:
    """The undecided items that an office of this person decides, in cases of others that go on."""
    office = exists().where(
        memberships.c.user_id == user.id,
        memberships.c.role == CLERK,
        memberships.c.department == case_items.c.authority,
        memberships.c.region == case_items.c.region,
    )
    goes_on = cases.c.ended_at.is_(None) & case_items.c.outcome.is_(None)
    return office & goes_on & (cases.c.applicant_id != user.id)


def case_to_decide(db: Connection, user: User, number: str, item: str) -> tuple[Case, Deployment]:
    """The case of an item that waits for the decision of this person's office."""
    waits = exists().where(
        tasks.c.case_id == cases.c.id, tasks.c.item == item, tasks.c.act == "decide", tasks.c.state == "open"
    )
    query = select(cases.c.id).join(case_items, case_items.c.case_id == cases.c.id)
    query = query.where(cases.c.number == number, case_items.c.item == item, deciding(user), waits)
    case_id = db.execute(query).scalar()
    if case_id is None:
        raise NotFound("没有找到等您所在部门决定的这个事项。", "它可能已经决定，或者还没有走到决定这一步。")
    case = load_case(db, case_id)
    return case, load(db, case.deployment_id)


def of_office(db: Connection, user: User, number: str, id: int) -> Found:
    """A hearing about an item that this person's office has still to decide."""
    return _found(db, number, id, deciding(user))


def of_applicant(db: Connection, user: User, number: str, id: int) -> Found:
    """A hearing in a case that this person filed."""
    return _found(db, number, id, cases.c.applicant_id == user.id)


def of_anybody(db: Connection, id: int) -> Found:
    """A hearing that the system itself acts on."""
    row = hearing(db, id)
    case = load_case(db, row.case_id)
    return Found(case, load(db, case.deployment_id), hearing(db, id))


def _found(db: Connection, number: str, id: int, match: ColumnElement[bool]) -> Found:
    query = select(hearings.c.id).join(cases, cases.c.id == hearings.c.case_id)
    query = query.join(
        case_items, (case_items.c.case_id == cases.c.id) & (case_items.c.item == hearings.c.item)
    )
    if db.execute(query.where(cases.c.number == number, hearings.c.id == id, match)).scalar() is None:
        raise NotFound("没有找到这件听证。", "它可能不属于您，或者事项已经办结；请从办件页面进入。")
    return of_anybody(db, id)
