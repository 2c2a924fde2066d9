"""The light of a task or case: the clock that it runs against, joined into the single query of a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, and_, case, func, literal_column

from engine.clock.calendar import read_calendar
from engine.days import Calendar
from engine.tables import case_items, cases, clocks

PAUSED = "paused"
RECEIPT, COMMITTED = "receipt", "committed"
_OF_RECEIPT = ("accept", "recheck")  # the acts that run against the five days of 行政许可法第三十二条
_COLUMNS = ("clock", "state", "due_on", "yellow_from", "provisional")
_PREFIX = "light_"


@dataclass(frozen=True)
class Light:
    """A clock that has not stopped: running or paused, when it is due, from when on it is near its end.

    `provisional` says that the date may move, for it lies in a year whose holidays are not announced.
    `calendar` is that of the case's region, by which the days until then are counted.
    """

    clock: str
    state: str
    due_on: date
    yellow_from: date
    provisional: bool
    calendar: Calendar

    @property
    def paused(self) -> bool:
        return self.state == PAUSED


_IS_OPEN = clocks.c.state != literal_column("'stopped'")
REGION = cases.c.region.label(f"{_PREFIX}region")  # whose calendar counts, beside LIGHT
LIGHT = tuple(clocks.c[name].label(f"{_PREFIX}{name}") for name in _COLUMNS)  # for the select of a list


def clock_of_task(task: FromClause) -> ColumnElement[bool]:
    """Which clock a task runs against: that of receipt, its item's promised one, or the whole case's."""
    which = case(
        (task.c.act.in_(_OF_RECEIPT), RECEIPT),
        (task.c.item.is_(None), "bundle"),
        else_=COMMITTED,
    )
    item = case((task.c.act.in_(_OF_RECEIPT), ""), else_=func.coalesce(task.c.item, ""))
    return and_(clocks.c.case_id == task.c.case_id, clocks.c.clock == which, clocks.c.item == item, _IS_OPEN)


def clock_of_case() -> ColumnElement[bool]:
    """Which clock a whole case runs against: that of receipt until it is accepted, then its own."""
    which = case((cases.c.accepted.is_(True), "bundle"), else_=RECEIPT)
    return and_(clocks.c.case_id == cases.c.id, clocks.c.clock == which, clocks.c.item == "", _IS_OPEN)


def clock_of_item() -> ColumnElement[bool]:
    """The promised clock of one item of a case."""
    own = (clocks.c.case_id == case_items.c.case_id, clocks.c.item == case_items.c.item)
    return and_(*own, clocks.c.clock == COMMITTED, _IS_OPEN)


def light_of_step(
    act: str, item: str | None, whole: Light | None, items: Mapping[str, Light | None]
) -> Light | None:
    """The same choice as `clock_of_task`, of the lights of a case that were read already."""
    return whole if act in _OF_RECEIPT or item is None else items.get(item)


def without_light(row: RowMapping, calendar: Calendar) -> tuple[dict[str, Any], Light | None]:
    """A row that was selected with LIGHT: its other columns, and its light where a clock runs."""
    own = {str(name): value for name, value in row.items() if not str(name).startswith(_PREFIX)}
    values = [row[f"{_PREFIX}{name}"] for name in _COLUMNS]
    return own, None if values[0] is None else Light(*(*values, calendar))


def without_lights(db: Connection, rows: Iterable[RowMapping]) -> list[tuple[dict[str, Any], Light | None]]:
    """The same for a list selected with LIGHT and REGION; each region's calendar is read once."""
    calendar = cache(lambda region: read_calendar(db, region))
    return [without_light(row, calendar(row[REGION.name])) for row in list(rows)]
