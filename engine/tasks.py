"""One task as the person in front of it sees it: found only by those whose office it waits for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select

from engine.errors import Conflict, NotFound
from engine.offices import of_one_office
from engine.people import User
from engine.tables import cases, memberships, tasks, users

CLAIMED = "claimed"
OWN = (
    *("id", "case_id", "step", "title", "act", "item", "department", "region"),
    *("state", "outcome", "assignee_id", "due_at", "done_at"),
)


@dataclass(frozen=True)
class Task:
    """A task with the names a page shows beside it."""

    id: str
    case_id: int
    case_number: str
    deployment_id: int
    step: str
    title: str
    act: str
    item: str | None
    department: str
    region: str
    state: str
    outcome: str | None
    assignee_id: int | None
    assignee: str | None
    due_at: datetime | None
    done_at: datetime | None
    done_by: str | None


def find_task(db: Connection, user: User, task_id: str) -> Task:
    """The task, whatever its state, if it belongs to an office of this person; NotFound otherwise."""
    assignee, doer = users.alias("assignee"), users.alias("doer")
    mine = exists().where(memberships.c.user_id == user.id, of_one_office())
    query = (
        select(
            *(tasks.c[name] for name in OWN),
            cases.c.number.label("case_number"),
            cases.c.deployment_id,
            assignee.c.name.label("assignee"),
            doer.c.name.label("done_by"),
        )
        .select_from(
            tasks.join(cases, cases.c.id == tasks.c.case_id)
            .outerjoin(assignee, assignee.c.id == tasks.c.assignee_id)
            .outerjoin(doer, doer.c.id == tasks.c.done_by)
        )
        .where(tasks.c.id == task_id, tasks.c.kind == "user", mine)
    )
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这项任务。", "它可能不属于您所在的部门和区划；请从任务列表进入。")
    return Task(**row._mapping)


def open_task(db: Connection, user: User, task_id: str) -> Task:
    """The task while it waits; a Conflict that says who did what when, once it does not."""
    task = find_task(db, user, task_id)
    if task.state != "open":
        raise Conflict(
            title=task.title, who=task.done_by or "", what=task.outcome or task.state, at=task.done_at
        )
    return task


def workable_task(db: Connection, user: User, task_id: str) -> Task:
    """An open task that this person may finish: their own, or one nobody has claimed."""
    task = open_task(db, user, task_id)
    if task.assignee_id not in (None, user.id):
        raise Conflict(title=task.title, who=task.assignee or "", what=CLAIMED, at=None)
    return task
