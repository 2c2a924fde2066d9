"""What stands beside the form of who arranges a visit or names its inspectors: who is free, what is near."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.inspections.deadlines import answer_day
from engine.inspections.inspection import Inspection, JoiningOffice, Slot, inspection_of
from engine.inspections.slots import Nearby, free_slots, nearby
from engine.points import by_office, visited
from engine.queries.cases import CasePage
from engine.tasks import Task

ARRANGE, NAME = "arrange", "name"  # acts
LOOKED_AHEAD = 5  # working days
PLACE = "op_address"
Office = tuple[str, str]  # department, region


@dataclass(frozen=True)
class Free:
    """The people of an office in one half day: who could come, and who goes to another visit."""

    office: str
    free: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True)
class HalfDay:
    """One half day with every office's people, and the other visits then, the nearest first."""

    slot: Slot
    offices: tuple[Free, ...]
    near: tuple[Nearby, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The offices that have nobody."""
        return tuple(each.office for each in self.offices if not each.free)


@dataclass(frozen=True)
class Beside:
    """What the page shows: the offices with their items, the half days, the visit so far (None at first)."""

    case: CasePage
    act: str
    offices: tuple[tuple[str, str], ...]
    half_days: tuple[HalfDay, ...]
    visit: Inspection | None

    def office(self, found: JoiningOffice) -> str:
        return self.case.deployment.catalogue.office_name(found.department, found.region)


def beside(db: Connection, task: Task, page: CasePage, case: Case, now: datetime) -> Beside | None:
    """What helps with this task; None for one that is about no date of a visit."""
    if task.act not in (ARRANGE, NAME):
        return None
    catalogue = page.deployment.catalogue_on(case.filed_on)
    found = by_office(visited(case), catalogue, case.region)
    visit = inspection_of(db, case.id)
    if task.act == NAME:
        slots = visit.slots if visit else ()
        found = {office: items for office, items in found.items() if office == (task.department, task.region)}
    else:
        slots = _ahead(db, case, catalogue.settings(case.region), now)
    offices = tuple(
        (catalogue.office_name(*office), "、".join(catalogue.item(item).name for item in items))
        for office, items in found.items()
    )
    return Beside(page, task.act, offices, _half_days(db, page, case, found, slots), visit)


def _ahead(db: Connection, case: Case, settings: Mapping[str, object], now: datetime) -> tuple[Slot, ...]:
    """The half days of the next working days on which everybody will have answered."""
    calendar = read_calendar(db, case.region)
    day = answer_day(settings, now, calendar)
    days = [calendar.add_working_days(day, n) for n in range(1, LOOKED_AHEAD + 1)]
    return tuple(Slot(each, half) for each in days for half in ("am", "pm"))


def _half_days(
    db: Connection, page: CasePage, case: Case, offices: Collection[Office], slots: Collection[Slot]
) -> tuple[HalfDay, ...]:
    days = sorted({slot.day for slot in slots})
    people = free_slots(db, offices, days)
    near = nearby(db, case.region, days, str(page.answers.get(PLACE) or ""), but=case.id)
    name = page.deployment.catalogue.office_name
    return tuple(
        HalfDay(
            slot,
            tuple(
                Free(name(each.department, each.region), each.free, each.taken)
                for each in people
                if each.slot == slot
            ),
            tuple(each for each in near if each.slot == slot),
        )
        for slot in slots
    )
