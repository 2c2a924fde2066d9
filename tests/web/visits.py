"""A case's one visit, carried from stage to stage by the commands that the pages call."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, select

from engine.commands.claim import claim
from engine.commands.complete import complete
from engine.database import run, transaction
from engine.days import NATIONAL, local_day
from engine.inspections.closing import Closed, close
from engine.inspections.convening import confirm
from engine.inspections.inspection import inspection_of
from engine.inspections.noting import note
from engine.inspections.sheet import read_sheet
from engine.inspections.team import name
from engine.people import User
from engine.tables import cases, tasks
from tests.engine.clerks import carry, case_of
from tests.engine.inspections.visiting import found, party, signed
from tests.filing import file_case, open_steps

People = Mapping[str, User]
PLACE = "淄博市张店区柳泉路100号1层"
CONTACT = {"contact_name": "张春和", "contact_phone": "13805335678"}
OFFICES = {"food_operation": "market", "fire_check": "fire", "drainage": "housing"}
OFFICES |= {"tobacco_retail": "tobacco"}  # of each item that is looked at, who answers
MICE, CORRIDOR = "food_equipment", "fire_exits"  # points of two offices
WORDS = {MICE: "后厨门没有挡鼠板。", CORRIDOR: "疏散通道堆放杂物。"}


def day(ahead: int) -> date:
    """The working day that comes `ahead` of today."""
    return NATIONAL.add_working_days(local_day(datetime.now(UTC)), ahead)


def to_arrange(engine: Engine, people: People) -> str:
    """A case whose visit is to be arranged; returns its number."""
    number = file_case(engine, people)
    carry(engine, people, number, until="arrange")
    return number


def arrange(engine: Engine, people: People, number: str, *ahead: int) -> int:
    """Offer the morning of each of these working days; returns the visit."""
    raw = {"kind": "site", "place": PLACE, "note": "请让设备通电。"}
    for each, days in enumerate(ahead or (3, 4), 1):
        raw |= {f"day_{each}": day(days).isoformat(), f"half_{each}": "am"}
    finish(engine, people["approval"], open_steps(engine, number)["arrange"], raw)
    return visit(engine, number)


def agree(engine: Engine, people: People, number: str) -> None:
    """Everybody agrees to the first date: the applicant, and each office with one of its people."""
    take_first(engine, people, number)
    for item, who in OFFICES.items():
        answer(engine, people, number, item, {"answer": "agreed", "inspectors": str(people[who].id)})


def take_first(engine: Engine, people: People, number: str) -> None:
    """The applicant takes the first date that is offered now."""
    raw, user, now = {"answer": "agreed", "slot": "1", **CONTACT}, people["applicant"], datetime.now(UTC)
    with transaction(engine) as db:
        found = inspection_of(db, case_of(db, number).id)
        confirm(db, user=user, number=number, raw=raw, offered=found.offered if found else "", now=now)


def answer(engine: Engine, people: People, number: str, item: str, raw: Mapping[str, str]) -> None:
    """The office that reviews `item` answers the date."""
    finish(engine, people[OFFICES[item]], naming_task(engine, number, item), raw)


def naming_task(engine: Engine, number: str, item: str) -> str:
    """The task of the office that reviews `item` to say who comes."""
    with transaction(engine) as db:
        query = select(tasks.c.id).join(cases).where(cases.c.number == number, tasks.c.state == "open")
        return str(db.execute(query.where(tasks.c.act == "name", tasks.c.item == item)).scalar_one())


def settled(engine: Engine, people: People) -> tuple[str, int]:
    """A case with a visit whose date holds, the lead in its team: number and visit."""
    number = to_arrange(engine, people)
    own = arrange(engine, people, number)
    agree(engine, people, number)
    lead, now = people["inspector"], datetime.now(UTC)
    run(engine, lambda db: name(db, user=lead, inspection=own, chosen=[lead.id], now=now))
    return number, own


def hold(engine: Engine, people: People, visit: int, failed: Sequence[str] = (MICE, CORRIDOR)) -> Closed:
    """The team notes every point, signs and ends the visit; `failed` are the points that fail."""
    with transaction(engine) as db:
        _note(db, people, visit, failed)
    lead, now = people["inspector"], datetime.now(UTC)
    return run(
        engine,
        lambda db: close(db, user=lead, inspection=visit, note="", recording="", rectify_days=None, now=now),
    )


def visit(engine: Engine, number: str) -> int:
    """The newest visit of a case."""
    with transaction(engine) as db:
        found = inspection_of(db, case_of(db, number).id)
    assert found is not None
    return found.id


def finish(engine: Engine, user: User, task: str, raw: Mapping[str, str]) -> None:
    """One clerk claims a task and finishes it with what is typed."""
    now = datetime.now(UTC)
    run(engine, lambda db: claim(db, user=user, task=task, now=now))
    run(engine, lambda db: complete(db, user=user, task=task, raw=raw, now=now))


def _note(db: Connection, people: People, visit: int, failed: Sequence[str]) -> None:
    points = [each.point.id for each in read_sheet(db, visit).points]
    results = [
        found(f"{visit}-{at}", point, "fail" if point in failed else "pass", WORDS.get(point, ""))
        for at, point in enumerate(points)
    ]
    _send(db, people["inspector"], visit, results)
    covers = sorted(read_sheet(db, visit).sheet.holding)
    for login in ("inspector", "market"):
        _send(db, people[login], visit, [signed(f"{visit}-{login}", covers)])
    if read_sheet(db, visit).inspection.kind != "paper":
        _send(db, people["inspector"], visit, [party(f"{visit}-party", covers)])


def _send(db: Connection, user: User, visit: int, entries: Sequence[object]) -> None:
    now = datetime.now(UTC)
    answers = note(
        db, user=user, inspection=visit, device=f"phone-of-{user.id}", sent_at=now, entries=entries, now=now
    )
    assert {each.state for each in answers} == {"kept"}, answers
