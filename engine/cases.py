"""One case as a command sees it: its row, items and open tasks, read in one query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, literal_column, select

from engine.database import locks_first
from engine.errors import NotFound
from engine.tables import case_items, cases, tasks


@dataclass(frozen=True)
class CaseItem:
    """What has been said about one item of a case so far; None where nobody has spoken yet."""

    item: str
    visit: bool
    opinion: str | None = None
    finding: str | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class Case:
    """A case between two commands; `version` guards it against a second writer."""

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
    items: Mapping[str, CaseItem]
    open_tasks: Mapping[str, str] = field(default_factory=dict)  # task id → act

    def with_items(self, changed: Iterable[CaseItem]) -> "Case":
        """The same case with these items as they now stand."""
        return replace(self, items={**self.items, **{each.item: each for each in changed}})


_open = tasks.alias("open_task")
_item = func.json_build_array(
    case_items.c.item, case_items.c.visit, case_items.c.opinion, case_items.c.finding, case_items.c.outcome
)
_items = select(func.json_agg(_item)).where(case_items.c.case_id == cases.c.id).correlate(cases)
_open_tasks = (
    select(func.json_object_agg(_open.c.id, _open.c.act))
    .where(_open.c.case_id == cases.c.id, _open.c.state == literal_column("'open'"))
    .correlate(cases)
)
COLUMNS = (  # without the answers: a step never needs them, and they are the biggest part of a row
    *(column for column in cases.c if column.name not in ("answers", "sources")),
    _items.scalar_subquery().label("case_items"),
    _open_tasks.scalar_subquery().label("open_tasks"),
)


def load_case(db: Connection, case_id: int) -> Case:
    """The case with this id, locked when this try of the command locks first; NotFound without it."""
    row = db.execute(guarded(db, select(*COLUMNS).where(cases.c.id == case_id))).one_or_none()
    if row is None:
        raise NotFound
    return read_case(row)


def guarded(db: Connection, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    """The query as it is, or locking the case's row when this is the try that locks first."""
    return query.with_for_update(of=cases) if locks_first(db) else query


def read_case(row: Row[tuple[object, ...]]) -> Case:
    """A Case from a row of COLUMNS."""
    items = {name: CaseItem(name, *words) for name, *words in row.case_items}
    return Case(
        id=row.id,
        number=row.number,
        industry=row.industry,
        region=row.region,
        deployment_id=row.deployment_id,
        applicant_id=row.applicant_id,
        operator=row.operator,
        status=row.status,
        accepted=row.accepted,
        guide=row.guide,
        state=row.workflow_state,
        version=row.version,
        last_seq=row.last_seq,
        last_hash=row.last_hash,
        submitted_at=row.submitted_at,
        ended_at=row.ended_at,
        items=items,
        open_tasks=row.open_tasks or {},
    )
