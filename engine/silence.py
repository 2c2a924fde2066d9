"""What the law says when nobody says anything: a silent window has accepted, a silent applicant withdrawn."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from engine.advance import heard
from engine.cases import Case, load_case
from engine.consequences import follow
from engine.corrections.sending import lapse
from engine.departments.registry import HandlerTask, handler
from engine.deployments import Deployment, load
from engine.events import SYSTEM
from engine.happenings import Happened
from engine.inspections.convening import silence
from engine.inspections.rectifying import lapse as rectification_lapsed
from engine.later.owed import accepted_without
from engine.said import Said
from engine.unanswered import accepted, agreed, lapsed, undecided, unrectified


@handler("accept_by_silence")
def accept_by_silence(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """Nobody answered in five working days: accepted from the day of receipt (行政许可法第三十二条)."""
    case = load_case(db, task.case_id)
    said = accepted(case)
    now_accepted = heard(case, said)
    _follow(db, "accepted", now_accepted, undecided(case), {"silent": True}, now)
    for happened in accepted_without(db, now_accepted, load(db, case.deployment_id), SYSTEM):
        follow(db, happened, now)
    return said


@handler("withdraw_by_rule")
def withdraw_by_rule(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """The applicant did not answer the notice in time: what is undecided counts as withdrawn."""
    case = load_case(db, task.case_id)
    said = lapsed(case)
    found = lapse(db, case.id, now)
    values = {"round": found.round, "due_on": found.due_on.isoformat()} if found else {}
    _follow(db, "correction_lapsed", heard(case, said), undecided(case), values, now)
    return said


@handler("agree_by_silence")
def agree_by_silence(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """Who did not answer the date of a visit in time agrees to it, and is named to the supervisor."""
    case = load_case(db, task.case_id)
    said = agreed(case)
    for happened in silence(db, heard(case, said), _deployment(db, case), SYSTEM, now):
        follow(db, happened, now)
    return said


@handler("close_rectification")
def close_rectification(db: Connection, task: HandlerTask, now: datetime) -> Said:
    """What failed at a visit was not put right in time: it is decided as it was found."""
    case = load_case(db, task.case_id)
    said = unrectified(case)
    follow(db, rectification_lapsed(db, heard(case, said), _deployment(db, case), SYSTEM, now), now)
    return said


def _deployment(db: Connection, case: Case) -> Deployment:
    return load(db, case.deployment_id)


def _follow(
    db: Connection, kind: str, case: Case, items: tuple[str, ...], values: Mapping[str, object], now: datetime
) -> None:
    follow(db, Happened(kind, case, load(db, case.deployment_id), SYSTEM, items, values), now)
