"""The steps of a visit that offices finish in their task list, and those that only the visit itself ends."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, exists, select

from engine.advance import Done
from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.deployments import Deployment
from engine.errors import Refusal
from engine.happenings import Happened
from engine.inspections.acts import ARRANGE, CONFIRM, INSPECT, NAME, RECTIFY, REINSPECT
from engine.inspections.arranging import arranged, refuse_slots
from engine.inspections.convening import answered
from engine.inspections.deadlines import with_deadlines
from engine.inspections.joining import refuse_nobody
from engine.tables import inspections

ELSEWHERE = frozenset({CONFIRM, INSPECT, RECTIFY, REINSPECT})


class OnThePhone(Refusal):
    """What is found on the spot is signed there, point by point: a form beside it would be a second truth."""

    says = "踏勘的结果要在“踏勘”里逐点记录、签字，不能在这里填。"
    do = "请从导航栏的“踏勘”进入这次踏勘。"


def before_step(db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime) -> Done:
    """The step as it may be done now: Invalid at what is wrong, a Refusal for what is done elsewhere."""
    act, values = done.step.act, done.form or {}
    if act in ELSEWHERE and _is_arranged(db, case):
        raise OnThePhone
    if act == NAME:
        refuse_nobody(values)
    if act != ARRANGE:
        return done
    refuse_slots(db, case, deployment, values, now)
    settings = deployment.catalogue_on(case.filed_on).settings(case.region)
    return replace(done, said=with_deadlines(done.said, settings, now, read_calendar(db, case.region)))


def after_step(
    db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime
) -> tuple[Happened, ...]:
    """Keep what a finished step says of a visit, and say what happened, for the caller to follow up."""
    if done.step.act == ARRANGE:
        return (arranged(db, case, deployment, done, now),)
    if done.step.act == NAME:
        return answered(db, case, deployment, done, now)
    return ()


def _is_arranged(db: Connection, case: Case) -> bool:
    """Whether the visit is one that was arranged; a case under an earlier diagram has none."""
    return bool(db.execute(select(exists().where(inspections.c.case_id == case.id))).scalar())
