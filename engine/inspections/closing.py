"""The visit is over: what was noted becomes its result, in minutes that everybody signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from engine.advance import Done, finish_task
from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.consequences import follow
from engine.deployments import Deployment, load
from engine.errors import NotAllowed, Refusal
from engine.events import actor_of
from engine.happenings import Happened
from engine.inspections.acts import INSPECT, REINSPECT, inspect, reinspect
from engine.inspections.asking import ask_to_rectify
from engine.inspections.before import visit_before
from engine.inspections.deadlines import with_deadlines
from engine.inspections.ending import Ending, ending_of
from engine.inspections.inspection import CANCELLED, HELD, SETTLED, VISIT, Inspection
from engine.inspections.sheet import read_sheet, results
from engine.inspections.told import told_of
from engine.inspections.view import SheetView
from engine.people import User
from engine.points import POINTS, failing
from engine.said import FAIL, Said, Words
from engine.step_forms import step_of
from engine.tables import inspection_experts, inspections, tasks
from engine.workflow import Step


@dataclass(frozen=True)
class Closed:
    """What a closed visit brought: the items that passed and that failed, and where the case now stands."""

    case_number: str
    inspection: int
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    status: str


def close(
    db: Connection,
    *,
    user: User,
    inspection: int,
    note: str,
    recording: str,
    rectify_days: int | None,
    now: datetime,
) -> Closed:
    """End a visit with what its team noted; once more it answers the same and does nothing.

    `rectify_days`: working days to put right what failed, None for the region's usual ones. Raises NotFound
    for strangers, NotAllowed for who is neither lead nor of the team, a Refusal while the date is open,
    Invalid with all that is missing or wrong (engine.inspections.ending).
    """
    seat, case = visit_before(db, user, inspection)
    if not (seat.leads or seat.in_team):
        raise NotAllowed("只有参加踏勘的人可以结束踏勘。", "请先由本部门把您加入这次踏勘的名单。")
    if seat.inspection.state == HELD:
        return _closed(case, seat.inspection)
    deployment = load(db, case.deployment_id)
    task, step = _waiting(db, case, deployment, seat.inspection)
    ending = ending_of(db, seat.inspection, note, recording, rectify_days)
    view = read_sheet(db, inspection)
    found = results(db, inspection)
    values: dict[str, object] = {POINTS: found, "note": ending.note or None}
    said = _said(db, case, deployment, step, values, ending, now)
    _write(db, inspection, user, ending, now)
    after = finish_task(db, case, deployment, Done(task, step, said, values, user.id), now)
    follow(db, _happened(view, after, deployment, said, ending, actor_of(user.id), now), now)
    if seat.inspection.round == VISIT and failing(after):
        ask_to_rectify(db, after, deployment, view, actor_of(user.id), now)
    return _outcome(after, inspection, said.items)


def _waiting(db: Connection, case: Case, deployment: Deployment, visit: Inspection) -> tuple[str, Step]:
    """The step that this visit ends; a Refusal while its date is open, and when it takes place no more."""
    if visit.state == CANCELLED:
        raise Refusal("这次踏勘已经取消，不用再看。", "请从办件页查看最新情况。")
    act = INSPECT if visit.round == VISIT else REINSPECT
    task = next((id for id, each in case.open_tasks.items() if each == act), None)
    if visit.state != SETTLED or task is None:
        raise Refusal("踏勘的时间还没有定下来，不能结束。", "请等申请人和各部门答复。")
    drawn = db.execute(select(tasks.c.step).where(tasks.c.id == task)).scalar_one()
    return task, step_of(deployment, case, drawn, None)


def _said(
    db: Connection,
    case: Case,
    deployment: Deployment,
    step: Step,
    values: Mapping[str, object],
    ending: Ending,
    now: datetime,
) -> Said:
    """The result in the words of the step, with the day by which what failed has to be put right."""
    act = inspect if step.act == INSPECT else reinspect
    catalogue = deployment.catalogue_on(case.filed_on)
    settings, calendar = catalogue.settings(case.region), read_calendar(db, case.region)
    return with_deadlines(act(case, step, values, catalogue), settings, now, calendar, ending.rectify_days)


def _write(db: Connection, inspection: int, user: User, ending: Ending, now: datetime) -> None:
    """The visit is held; the links of its experts open nothing more."""
    row = {"state": HELD, "recording": ending.recording, "closed_by": user.id, "closed_at": now}
    db.execute(update(inspections).where(inspections.c.id == inspection).values(row))
    e = inspection_experts.c
    links = update(inspection_experts).where(e.inspection_id == inspection, e.expires_at > now)
    db.execute(links.values(expires_at=now))


def _happened(
    view: SheetView,
    case: Case,
    deployment: Deployment,
    said: Said,
    ending: Ending,
    actor: str,
    now: datetime,
) -> Happened:
    kind = "inspected" if view.inspection.round == VISIT else "reinspected"
    told = told_of(view, deployment.catalogue_on(case.filed_on), said.items, ending, now)
    return Happened(kind, case, deployment, actor, tuple(sorted(said.items)), told)


def _closed(case: Case, visit: Inspection) -> Closed:
    looked_at = [case.items[item] for office in visit.offices for item in office.items if item in case.items]
    return _outcome(case, visit.id, {i.item: {"finding": i.finding} for i in looked_at if i.finding})


def _outcome(case: Case, visit: int, found: Mapping[str, Words]) -> Closed:
    failed = tuple(sorted(item for item, words in found.items() if words.get("finding") == FAIL))
    passed = tuple(sorted(found.keys() - set(failed)))
    return Closed(case.number, visit, passed, failed, case.status)
