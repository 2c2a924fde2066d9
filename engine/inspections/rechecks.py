"""The one re-inspection after a rectification: on paper, unless the lead wants to see the place again."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, update

from engine.cases import Case, load_case
from engine.clock.calendar import read_calendar
from engine.consequences import follow
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.errors import Invalid, NotAllowed, Refusal
from engine.events import actor_of, append
from engine.happenings import Happened
from engine.inspections.access import take_seat
from engine.inspections.arranging import in_words
from engine.inspections.inspection import (
    AFTERNOON,
    AGREED,
    MORNING,
    PAPER,
    RECHECK,
    REMOTE,
    SETTLED,
    SITE,
    Inspection,
)
from engine.people import User
from engine.points import by_office, failing
from engine.tables import inspection_offices, inspections, inspectors

KINDS = (PAPER, SITE, REMOTE)


def start_recheck(
    db: Connection, case: Case, deployment: Deployment, visit: Inspection, now: datetime
) -> int:
    """The re-inspection of what failed at `visit`, by the same people; returns its id."""
    row = {
        "case_id": case.id,
        "round": RECHECK,
        "kind": PAPER,
        "state": SETTLED,
        "region": visit.region,
        "place": visit.place,
        "slots": [],
        "party": {name: visit.party[name] for name in ("name", "phone") if name in visit.party},
        "arranged_at": now,
    }
    added = db.execute(insert(inspections).values(row).returning(inspections.c.id)).scalar_one()
    offices = by_office(failing(case), deployment.catalogue_on(case.filed_on), case.region)
    rows = [
        {"inspection_id": added, "department": department, "region": region, "items": list(items)}
        for (department, region), items in offices.items()
    ]
    db.execute(insert(inspection_offices), [{**row, "answer": AGREED} for row in rows])
    asked = {(each.department, each.region) for each in visit.offices} - offices.keys()
    _same_people(db, visit, added, asked, now)
    return int(added)


def plan_recheck(
    db: Connection,
    *,
    user: User,
    inspection: int,
    kind: str,
    day: date | None,
    half: str | None,
    now: datetime,
) -> None:
    """The lead says how what failed is looked at again: on paper, or on a day on the spot or by video.

    NotFound for strangers, NotAllowed for who does not lead, Invalid at `kind`, `day` or `half`.
    """
    seat = take_seat(db, user, inspection)
    if not seat.leads:
        raise NotAllowed("复查的方式由牵头的行政审批服务局定。", "请联系牵头人员。")
    if seat.inspection.round != RECHECK or not seat.inspection.is_open:
        raise Refusal("现在没有要安排的复查。", "请从办件页查看最新情况。")
    if errors := _wrong(db, seat.inspection, kind, day, half, now):
        raise Invalid(errors)
    when = {"day": None, "half": None} if kind == PAPER else {"day": day, "half": half}
    row = {"kind": kind, "arranged_by": user.id, "arranged_at": now, **when}
    db.execute(update(inspections).where(inspections.c.id == inspection).values(row))
    case = load_case(db, seat.inspection.case_id)
    payload = {"inspection": inspection, "kind": kind, "day": day.isoformat() if day else None}
    append(db, case, user, "recheck_planned", payload, now)
    if kind != PAPER:
        deployment, place = load(db, case.deployment_id), seat.inspection.place
        told = {"how": kind, "place": place, "day": day.isoformat() if day else None, "half": half}
        about = tuple(failing(case))
        follow(db, Happened("recheck_planned", case, deployment, actor_of(user.id), about, told), now)


def _wrong(
    db: Connection, visit: Inspection, kind: str, day: date | None, half: str | None, now: datetime
) -> dict[str, str]:
    errors = {}
    if kind not in KINDS:
        errors["kind"] = "请选择怎样复查：看材料、上门或者视频。"
    if kind in (SITE, REMOTE):
        if day is None or day < local_day(now):
            errors["day"] = "请选择复查的日期，不早于今天。"
        elif not read_calendar(db, visit.region).is_working(day):
            errors["day"] = f"{in_words(day)}不是工作日，请换一天。"
        if half not in (MORNING, AFTERNOON):
            errors["half"] = "请选择上午或者下午。"
    return errors


def _same_people(
    db: Connection, visit: Inspection, added: int, left_out: set[tuple[str, str]], now: datetime
) -> None:
    """The team of the visit but for offices with nothing to look at again."""
    rows = [
        {
            "inspection_id": added,
            "user_id": each.user_id,
            "department": each.department,
            "region": each.region,
            "named_by": each.user_id,
            "named_at": now,
        }
        for each in visit.team
        if (each.department, each.region) not in left_out
    ]
    if rows:
        db.execute(insert(inspectors), rows)
