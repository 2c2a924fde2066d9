"""Task lists: what I have in hand, what my offices may claim, what I did; one query a list, paged by key."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)

from engine.offices import of_one_office
from engine.queries.lights import LIGHT, REGION, Light, clock_of_task, without_lights
from engine.tables import case_items, cases, clocks, memberships, published_industries, tasks, users

PAGE = 50
COUNTED_UP_TO = 1000
IS_OPEN = tasks.c.state == literal_column("'open'")  # literal, so that the partial index is seen
IS_DONE = tasks.c.state == literal_column("'done'")
NAMED = published_industries.c.industry == cases.c.industry
FOR_PEOPLE = tasks.c.kind == literal_column("'user'")
Key = tuple[datetime | None, str]  # a task without a limit has no moment and comes last


@dataclass(frozen=True)
class TaskRow:
    """One line of a task list; `industry_name` is today's name, `light` the clock that it runs against.

    `kind` is that of the item that a finished task was about, by which its outcome is called.
    """

    id: str
    title: str
    step: str
    act: str
    item: str | None
    department: str
    region: str
    case_number: str
    industry_name: str
    operator: str
    status: str
    due_at: datetime | None
    opened_at: datetime
    done_at: datetime | None
    outcome: str | None
    assignee: str | None
    light: Light | None
    kind: str | None = None


@dataclass(frozen=True)
class TaskPage:
    """One page of a list; `next` is the key to ask for the page after it, None at the end."""

    rows: tuple[TaskRow, ...]
    next: Key | None


def mine(db: Connection, user_id: int, *, search: str = "", after: Key | None = None) -> TaskPage:
    """Open tasks that this person has claimed, due first."""
    match = [IS_OPEN, tasks.c.assignee_id == user_id, *_search(search), *_after(after)]
    return _page(db, _rows().where(*match).order_by(tasks.c.due_at, tasks.c.id).limit(PAGE + 1))


def claimable(db: Connection, user_id: int, *, search: str = "", after: Key | None = None) -> TaskPage:
    """Open tasks that nobody has claimed, of all offices that this person belongs to, due first."""
    of_office = (
        select(tasks)
        .join(cases, cases.c.id == tasks.c.case_id)
        .where(
            IS_OPEN,
            FOR_PEOPLE,
            of_one_office(),
            tasks.c.assignee_id.is_(None),
            cases.c.applicant_id != user_id,  # nobody handles their own application
            *_search(search),
            *_after(after),
        )
        .order_by(tasks.c.due_at, tasks.c.id)
        .limit(PAGE + 1)
        .lateral("waiting")
    )
    query = (
        select(*(of_office.c[name] for name in _TASK), *_CASE, users.c.name.label("assignee"), *LIGHT)
        .select_from(
            memberships.join(of_office, true())
            .join(cases, cases.c.id == of_office.c.case_id)
            .outerjoin(users, users.c.id == of_office.c.assignee_id)
            .outerjoin(published_industries, NAMED)
            .outerjoin(clocks, clock_of_task(of_office))
        )
        .where(memberships.c.user_id == user_id)
        .order_by(of_office.c.due_at, of_office.c.id)
        .limit(PAGE + 1)
    )
    return _page(db, query)


def done(db: Connection, user_id: int, *, search: str = "", after: Key | None = None) -> TaskPage:
    """Tasks that this person has finished, newest first."""
    match = [IS_DONE, tasks.c.done_by == user_id, *_search(search)]
    if after is not None:
        match.append(tuple_(tasks.c.done_at, tasks.c.id) < after)
    query = _rows().add_columns(_KIND).where(*match)
    query = query.order_by(tasks.c.done_at.desc(), tasks.c.id.desc()).limit(PAGE + 1)
    return _page(db, query, key="done_at")


def counts(db: Connection, user_id: int) -> dict[str, int]:
    """How many are mine and how many claimable; counted up to 1000, which a page shows as “999+”."""
    in_hand = select(tasks.c.id).where(IS_OPEN, tasks.c.assignee_id == user_id).limit(COUNTED_UP_TO)
    free = (
        select(tasks.c.id)
        .select_from(memberships.join(tasks, of_one_office()).join(cases, cases.c.id == tasks.c.case_id))
        .where(memberships.c.user_id == user_id, IS_OPEN, FOR_PEOPLE, tasks.c.assignee_id.is_(None))
        .where(cases.c.applicant_id != user_id)
        .limit(COUNTED_UP_TO)
    )
    row = db.execute(
        select(
            select(func.count()).select_from(in_hand.subquery()).scalar_subquery().label("mine"),
            select(func.count()).select_from(free.subquery()).scalar_subquery().label("claimable"),
        )
    ).one()
    return {"mine": row.mine, "claimable": row.claimable}


_TASK = (
    "id",
    "title",
    "step",
    "act",
    "item",
    "department",
    "region",
    "due_at",
    "opened_at",
    "done_at",
    "outcome",
)
_CASE = (
    cases.c.number.label("case_number"),
    func.coalesce(published_industries.c.name, cases.c.industry).label("industry_name"),
    cases.c.operator,
    cases.c.status,
    REGION,
)

_KIND = (
    select(case_items.c.kind)
    .where(case_items.c.case_id == tasks.c.case_id, case_items.c.item == tasks.c.item)
    .correlate(tasks)
    .scalar_subquery()
    .label("kind")
)


def _rows() -> Select[tuple[object, ...]]:
    joined = (
        tasks.join(cases, cases.c.id == tasks.c.case_id)
        .outerjoin(users, users.c.id == tasks.c.assignee_id)
        .outerjoin(published_industries, NAMED)
        .outerjoin(clocks, clock_of_task(tasks))
    )
    shown = (*(tasks.c[name] for name in _TASK), *_CASE, users.c.name.label("assignee"), *LIGHT)
    return select(*shown).select_from(joined)


def _search(words: str) -> list[ColumnElement[bool]]:
    if not words:
        return []
    return [
        or_(
            cases.c.number.startswith(words, autoescape=True),
            cases.c.uscc == words,
            cases.c.operator.contains(words, autoescape=True),
        )
    ]


def _after(key: Key | None) -> list[ColumnElement[bool]]:
    """Rows after `key` in the order of (due_at, id), nulls last: compared with a null, a pair is neither."""
    if key is None:
        return []
    if key[0] is None:
        return [tasks.c.due_at.is_(None), tasks.c.id > key[1]]
    return [or_(tuple_(tasks.c.due_at, tasks.c.id) > key, tasks.c.due_at.is_(None))]


def _page(db: Connection, query: Select[tuple[object, ...]], *, key: str = "due_at") -> TaskPage:
    read = without_lights(db, (row._mapping for row in db.execute(query)))
    rows = tuple(TaskRow(**own, light=light) for own, light in read)
    if len(rows) <= PAGE:
        return TaskPage(rows, None)
    last = rows[PAGE - 1]
    return TaskPage(rows[:PAGE], (getattr(last, key), last.id))
