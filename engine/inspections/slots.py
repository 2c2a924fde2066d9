"""What helps to find a date: who of each office is taken when, and which visits are nearby on those days."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from sqlalchemy import Connection, select, tuple_

from engine.inspections.inspection import AFTERNOON, MORNING, PROPOSED, SETTLED, Slot
from engine.offices import LOOKING
from engine.points import Office
from engine.tables import cases, inspections, inspectors, memberships, users

MOST_NEARBY = 20
MOST_READ = 500  # open visits of one region on a few days


@dataclass(frozen=True)
class FreeSlot:
    """One office in one half day: the names of who could come, and of who goes to another visit."""

    slot: Slot
    department: str
    region: str
    free: tuple[str, ...]
    taken: tuple[str, ...]


@dataclass(frozen=True)
class Nearby:
    """Another open visit: when and where, of which case."""

    case_number: str
    operator: str
    place: str
    slot: Slot
    state: str


def free_slots(
    db: Connection, inspection_offices: Iterable[Office], days: Iterable[date]
) -> tuple[FreeSlot, ...]:
    """For each half of these days and each office, who is free; in the order of days, then of offices."""
    offices, days = list(dict.fromkeys(inspection_offices)), sorted(set(days))
    if not offices or not days:
        return ()
    m, i = memberships.c, inspections.c
    busy = (
        select(inspectors.c.user_id, i.day, i.half)
        .join(inspections, i.id == inspectors.c.inspection_id)
        .where(i.state.in_((PROPOSED, SETTLED)), i.day.in_(days))
        .subquery()
    )
    query = (
        select(m.department, m.region, users.c.id, users.c.name, busy.c.day, busy.c.half)
        .join_from(memberships, users, users.c.id == m.user_id)
        .outerjoin(busy, busy.c.user_id == users.c.id)
        .where(users.c.active, m.role.in_(LOOKING), tuple_(m.department, m.region).in_(offices))
        .order_by(users.c.name, users.c.id)
    )
    people: dict[Office, dict[int, str]] = defaultdict(dict)
    taken: set[tuple[int, date, str]] = set()
    for row in db.execute(query):
        people[row.department, row.region][row.id] = row.name
        taken.add((row.id, row.day, row.half))
    return tuple(
        _free(Slot(day, half), office, people[office], {id for id, d, h in taken if (d, h) == (day, half)})
        for day in days
        for half in (MORNING, AFTERNOON)
        for office in offices
    )


def nearby(
    db: Connection, region: str, days: Collection[date], place: str, *, but: int = 0
) -> tuple[Nearby, ...]:
    """Open visits of the region on these days, those whose address begins most like `place` first.

    `but` is the case for which a date is looked for.
    """
    i = inspections.c
    query = (
        select(cases.c.number, cases.c.operator, i.place, i.day, i.half, i.state)
        .join_from(inspections, cases, cases.c.id == i.case_id)
        .where(i.region == region, i.state.in_((PROPOSED, SETTLED)), i.day.in_(list(days)))
        .where(i.case_id != but, i.kind == "site")
        .order_by(i.day, i.half, i.id)
        .limit(MOST_READ)
    )
    found = [
        Nearby(row.number, row.operator, row.place, Slot(row.day, row.half), row.state)
        for row in db.execute(query)
    ]
    found.sort(key=lambda each: -_alike(each.place, place))
    return tuple(found[:MOST_NEARBY])


def _free(slot: Slot, office: Office, people: dict[int, str], busy: set[int]) -> FreeSlot:
    free = tuple(name for id, name in people.items() if id not in busy)
    return FreeSlot(slot, *office, free, tuple(name for id, name in people.items() if id in busy))


def _alike(one: str, other: str) -> int:
    """How many characters two addresses have in common at their beginning: town, street, number."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
