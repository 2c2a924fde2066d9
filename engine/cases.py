"""One case as a command sees it: its row, items and open tasks, read in one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, select

from engine.database import locks_first
from engine.days import local_day
from engine.errors import NotFound
from engine.tables import case_items, cases, tasks

# The columns of a case that a step needs, in the order of Case.
_OWN = (
    "id",
    "number",
    "industry",
    "region",
    "deployment_id",
    "applicant_id",
    "operator",
    "status",
    "accepted",
    "guide",
    "workflow_state",
    "version",
    "last_seq",
    "last_hash",
    "submitted_at",
    "ended_at",
    "uscc",
    "subject_id",
    "process",
    "parent_id",
    "words",
)


@dataclass(frozen=True)
class CaseItem:
    """What has been said about one item of a case so far; None where nobody has spoken yet.

    `way` is how the applicant takes it: usual, or commitment (告知承诺), which is decided at once.
    """

    item: str
    visit: bool
    opinion: str | None = None
    finding: str | None = None
    outcome: str | None = None
    way: str = "usual"


@dataclass(frozen=True)
class Case:
    """A case between two commands; `version` guards it against a second writer.

    `words` are what was said about it as a whole (see engine.facts). `process` is "" for the industry's own,
    else that of what follows a case later, whose id is then `parent_id`.
    """

    id: int
    number: str
    industry: str
    region: str
    deployment_id: int
    applicant_id: int
    operator: str
    status: str
    accepted: bool | None
    guide: Mapping[str, object]
    state: bytes
    version: int
    last_seq: int
    last_hash: str
    submitted_at: datetime
    ended_at: datetime | None
    uscc: str
    subject_id: int
    process: str
    parent_id: int | None
    words: Mapping[str, object]
    items: Mapping[str, CaseItem]
    open_tasks: Mapping[str, str] = field(default_factory=dict)  # task id → act

    @property
    def left_out(self) -> tuple[str, ...]:
        """The items that stood already on the certificate which this case adds to."""
        named = self.words.get("left_out")
        return tuple(named) if isinstance(named, list) else ()

    @property
    def filed_on(self) -> date:
        """The day of submission, whose law the case goes by to its end."""
        return local_day(self.submitted_at)


_item = func.json_build_array(
    case_items.c.item,
    case_items.c.visit,
    case_items.c.opinion,
    case_items.c.finding,
    case_items.c.outcome,
    case_items.c.way,
)
_items = select(func.json_agg(_item)).where(case_items.c.case_id == cases.c.id).correlate(cases)
_open = tasks.alias("open_task")
_open_tasks = (
    select(func.json_object_agg(_open.c.id, _open.c.act))
    .where(_open.c.case_id == cases.c.id, _open.c.state == literal_column("'open'"))
    .correlate(cases)
)
CASE_COLUMNS = (  # without the answers: a step never needs them, and they are the biggest part of a row
    *(cases.c[name] for name in _OWN),
    _items.scalar_subquery().label("items"),
    _open_tasks.scalar_subquery().label("open_tasks"),
)
# Built once: what SQLAlchemy works out about a query it then remembers.
_CASE = select(*CASE_COLUMNS).where(cases.c.id == bindparam("case_id"))
_LOCK = select(cases.c.id).where(cases.c.id == bindparam("case_id")).with_for_update()
_LOCK_BY_TASK = (
    select(cases.c.id).join(tasks).where(tasks.c.id == bindparam("task")).with_for_update(of=cases)
)


def load_case(db: Connection, case_id: int) -> Case:
    """The case with this id, locked when this try of the command locks first; NotFound without it."""
    if locks_first(db):
        db.execute(_LOCK, {"case_id": case_id})
    row = db.execute(_CASE, {"case_id": case_id}).one_or_none()
    if row is None:
        raise NotFound
    return read_case(tuple(row))


def lock_case_of(db: Connection, task: str) -> None:
    """Lock the case of a task when this try of the command locks first, before anything of it is read.

    In a query of its own: one that waits for a lock then sees the locked row as it is now, but every
    other row as it was before it waited.
    """
    if locks_first(db):
        db.execute(_LOCK_BY_TASK, {"task": task})


def read_case(values: Sequence[Any]) -> Case:
    """A Case from the values of CASE_COLUMNS, in their order."""
    *own, items, open_tasks = values
    spoken = {name: CaseItem(name, *words) for name, *words in items or ()}
    return Case(*(*own, spoken, open_tasks or {}))
