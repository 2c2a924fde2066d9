"""Taking a task in hand, and putting it back for the others of the office."""

from datetime import datetime

from sqlalchemy import Connection, update

from engine.cases import load_case
from engine.errors import CaseMoved, NotAllowed
from engine.events import append
from engine.people import User
from engine.store import OPEN
from engine.tables import tasks
from engine.tasks import Task, open_task, workable_task


def claim(db: Connection, *, user: User, task: str, now: datetime) -> Task:
    """Take a task in hand; taking one's own again changes nothing, somebody else's is a Conflict."""
    found = workable_task(db, user, task)
    if found.assignee_id == user.id:
        return found
    # the case before the task, as every step does: the other way round two of them could wait for each other
    append(db, load_case(db, found.case_id), user, "task_claimed", {"task": task, "step": found.step}, now)
    assign(db, task, None, user.id)
    return found


def release(db: Connection, *, user: User, task: str, now: datetime) -> None:
    """Put a task back so that others of the office can claim it; only the person who has it may."""
    found = open_task(db, user, task)
    if found.assignee_id != user.id:
        raise NotAllowed("只能退回自己领取的任务。", "请从“我的待办”中选择任务。")
    append(db, load_case(db, found.case_id), user, "task_released", {"task": task, "step": found.step}, now)
    assign(db, task, user.id, None)


def assign(db: Connection, task: str, held_by: int | None, to: int | None) -> None:
    """Hand an open task from one person to another; None is nobody. CaseMoved when somebody else has it."""
    match = [tasks.c.id == task, tasks.c.state == OPEN, tasks.c.assignee_id.is_not_distinct_from(held_by)]
    if db.execute(update(tasks).where(*match).values(assignee_id=to)).rowcount != 1:
        raise CaseMoved
