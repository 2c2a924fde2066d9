"""The light of a task or case: the clock that it runs against, joined into the single query of a list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, and_, case, func, literal_column

from engine.tables import cases, clocks

PAUSED = "paused"
RECEIPT = "receipt"
_OF_RECEIPT = ("accept", "recheck")  # the acts that run against the five days of 行政许可法第三十二条
_COLUMNS = ("clock", "state", "due_on", "yellow_from", "provisional")
_PREFIX = "light_"


@dataclass(frozen=True)
class Light:
    """A clock that has not stopped: running or paused, when it is due, from when on it is near its end.

    `provisional` says that the date may move, for it lies in a year whose holidays are not announced.
    """

    clock: str
    state: str
    due_on: date
    yellow_from: date
    provisional: bool

    @property
    def paused(self) -> bool:
        return self.state == PAUSED


_IS_OPEN = clocks.c.state != literal_column("'stopped'")
LIGHT = tuple(clocks.c[name].label(f"{_PREFIX}{name}") for name in _COLUMNS)  # for the select of a list


def clock_of_task(task: FromClause) -> ColumnElement[bool]:
    """Which clock a task runs against: that of receipt, its item's promised one, or the whole case's."""
    which = case(
        (task.c.act.in_(_OF_RECEIPT), RECEIPT),
        (task.c.item.is_(None), "bundle"),
        else_="committed",
    )
    item = case((task.c.act.in_(_OF_RECEIPT), ""), else_=func.coalesce(task.c.item, ""))
    return and_(clocks.c.case_id == task.c.case_id, clocks.c.clock == which, clocks.c.item == item, _IS_OPEN)


def clock_of_case() -> ColumnElement[bool]:
    """Which clock a whole case runs against: that of receipt until it is accepted, then its own."""
    which = case((cases.c.accepted.is_(True), "bundle"), else_=RECEIPT)
    return and_(clocks.c.case_id == cases.c.id, clocks.c.clock == which, clocks.c.item == "", _IS_OPEN)


def without_light(row: RowMapping) -> tuple[dict[str, Any], Light | None]:
    """A row that was selected with LIGHT: its other columns, and its light where a clock runs."""
    own = {str(name): value for name, value in row.items() if not str(name).startswith(_PREFIX)}
    values = [row[f"{_PREFIX}{name}"] for name in _COLUMNS]
    return own, None if values[0] is None else Light(*values)
