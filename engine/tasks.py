"""One task as the person in front of it sees it: found only by those whose office it waits for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, exists, select

from engine.cases import CASE_COLUMNS, Case, lock_case_of, read_case
from engine.errors import Conflict, NotFound
from engine.offices import of_one_office
from engine.people import User
from engine.tables import cases, memberships, tasks, users

CLAIMED = "claimed"


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


_assignee, _doer = users.alias("assignee"), users.alias("doer")
_MINE = exists().where(memberships.c.user_id == bindparam("user_id"), of_one_office())
_NOT_MY_OWN = cases.c.applicant_id != bindparam("user_id")  # nobody handles their own application
_SHOWN = (  # in the order of Task
    tasks.c.id,
    tasks.c.case_id,
    cases.c.number,
    cases.c.deployment_id,
    tasks.c.step,
    tasks.c.title,
    tasks.c.act,
    tasks.c.item,
    tasks.c.department,
    tasks.c.region,
    tasks.c.state,
    tasks.c.outcome,
    tasks.c.assignee_id,
    _assignee.c.name,
    tasks.c.due_at,
    tasks.c.done_at,
    _doer.c.name,
)
# Built once: what SQLAlchemy works out about a query it then remembers.
_TASK = (
    select(*_SHOWN)
    .select_from(
        tasks.join(cases, cases.c.id == tasks.c.case_id)
        .outerjoin(_assignee, _assignee.c.id == tasks.c.assignee_id)
        .outerjoin(_doer, _doer.c.id == tasks.c.done_by)
    )
    .where(tasks.c.id == bindparam("task_id"), tasks.c.kind == "user", _MINE, _NOT_MY_OWN)
)
_TASK_AND_CASE = _TASK.add_columns(*CASE_COLUMNS)


def find_task(db: Connection, user: User, task_id: str) -> Task:
    """The task, whatever its state, if it belongs to an office of this person; NotFound otherwise."""
    return Task(*tuple(_one(db, _TASK, user, task_id)))


def open_task(db: Connection, user: User, task_id: str) -> Task:
    """The task while it waits; a Conflict that says who did what when, once it does not."""
    return _still_open(find_task(db, user, task_id))


def workable_task(db: Connection, user: User, task_id: str) -> Task:
    """An open task that this person may finish: their own, or one nobody has claimed."""
    return _not_of_others(open_task(db, user, task_id), user)


def work_on(db: Connection, user: User, task_id: str) -> tuple[Task, Case]:
    """A task that this person may finish, with its case, both as they stand at one moment."""
    lock_case_of(db, task_id)
    values = tuple(_one(db, _TASK_AND_CASE, user, task_id))
    task = Task(*values[: len(_SHOWN)])
    return _not_of_others(_still_open(task), user), read_case(values[len(_SHOWN) :])


def _one(db: Connection, query: Select[Any], user: User, task_id: str) -> Row[Any]:
    row = db.execute(query, {"task_id": task_id, "user_id": user.id}).one_or_none()
    if row is None:
        raise NotFound("没有找到这项任务。", "它可能不属于您所在的部门和区划；请从任务列表进入。")
    return row


def _still_open(task: Task) -> Task:
    if task.state != "open":
        raise Conflict(
            title=task.title, who=task.done_by or "", what=task.outcome or task.state, at=task.done_at
        )
    return task


def _not_of_others(task: Task, user: User) -> Task:
    if task.assignee_id not in (None, user.id):
        raise Conflict(title=task.title, who=task.assignee or "", what=CLAIMED, at=None)
    return task
