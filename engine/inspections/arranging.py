"""A date is offered for the one visit of a case: to the applicant, and to every office that has to look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.advance import Done
from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.days import local_day
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.events import actor_of
from engine.happenings import Happened
from engine.inspections.deadlines import answer_day
from engine.inspections.inspection import PROPOSED, VISIT, Slot
from engine.points import by_office, visited
from engine.said import Values
from engine.tables import inspection_offices, inspections

MOST_SLOTS = 3
HALVES: Mapping[str, str] = {"am": "上午", "pm": "下午"}


@dataclass(frozen=True)
class Wanted:
    """What the lead wrote: the slots in their order, how and where one looks, what to prepare."""

    slots: tuple[Slot, ...]
    kind: str
    place: str
    note: str


def refuse_slots(db: Connection, case: Case, deployment: Deployment, values: Values, now: datetime) -> None:
    """Invalid at a day on which no office works or that comes before everybody has answered, or twice."""
    calendar = read_calendar(db, case.region)
    settings = deployment.catalogue_on(case.filed_on).settings(case.region)
    answered, errors = answer_day(settings, now, calendar), {}
    seen: set[Slot] = set()
    for number, slot in _slots(values):
        if not calendar.is_working(slot.day):
            errors[f"day_{number}"] = f"{in_words(slot.day)}不是工作日，请换一天。"
        elif slot.day <= answered:
            errors[f"day_{number}"] = f"各方要到{in_words(answered)}才答复完，请选这一天以后的工作日。"
        elif slot in seen:
            errors[f"day_{number}"] = "这个时间写了两次，请换一个，或者不写。"
        seen.add(slot)
    if errors:
        raise Invalid(errors)


def arranged(db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime) -> Happened:
    """Keep what was offered, in place of what was offered before; nobody has answered it yet."""
    wanted, answer_by = wanted_in(done.form or {}), str(case.words["answers_end"])
    first = wanted.slots[0]
    row = {
        "kind": wanted.kind,
        "state": PROPOSED,
        "place": wanted.place,
        "slots": [{"day": slot.day.isoformat(), "half": slot.half} for slot in wanted.slots],
        "day": first.day,
        "half": first.half,
        "answer_by": datetime.fromisoformat(answer_by),
        "party": {},
        "note": wanted.note,
        "arranged_by": done.user_id,
        "arranged_at": now,
    }
    new = upsert(inspections).values(case_id=case.id, round=VISIT, region=case.region, **row)
    new = new.on_conflict_do_update(index_elements=["case_id", "round"], set_=row)
    visit = db.execute(new.returning(inspections.c.id)).scalar_one()
    _ask_offices(db, case, deployment, visit)
    values = {
        "how": wanted.kind,
        "place": wanted.place,
        "slots": "；".join(slot_in_words(slot) for slot in wanted.slots),
        "answer_by": local_day(datetime.fromisoformat(answer_by)).isoformat(),
        "note": wanted.note,
    }
    about = tuple(visited(case))
    return Happened("visit_arranged", case, deployment, actor_of(done.user_id), about, values)


def wanted_in(values: Values) -> Wanted:
    """What a filled-in form of the step says."""
    slots = tuple(slot for _, slot in _slots(values))
    return Wanted(slots, str(values["kind"]), str(values["place"]), str(values.get("note") or ""))


def slot_in_words(slot: Slot) -> str:
    """E.g. 2026年11月26日上午."""
    return f"{in_words(slot.day)}{HALVES[slot.half]}"


def in_words(day: date) -> str:
    """E.g. 2026年11月26日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _slots(values: Values) -> Iterator[tuple[int, Slot]]:
    for number in range(1, MOST_SLOTS + 1):
        if day := values.get(f"day_{number}"):
            yield number, Slot(date.fromisoformat(str(day)), str(values[f"half_{number}"]))


def _ask_offices(db: Connection, case: Case, deployment: Deployment, visit: int) -> None:
    db.execute(delete(inspection_offices).where(inspection_offices.c.inspection_id == visit))
    offices = by_office(visited(case), deployment.catalogue_on(case.filed_on), case.region)
    rows = [
        {"inspection_id": visit, "department": department, "region": region, "items": list(items)}
        for (department, region), items in offices.items()
    ]
    if rows:
        db.execute(insert(inspection_offices), rows)
