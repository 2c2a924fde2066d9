"""Asks the applicant, once and for all offices, to put right what failed at a visit."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, update

from engine.cases import Case
from engine.consequences import follow
from engine.days import local_day
from engine.deployments import Deployment
from engine.happenings import Happened
from engine.inspections.minutes import lines_of
from engine.inspections.view import SheetView
from engine.points import failing
from engine.said import FAIL
from engine.tables import rectification_points, rectifications


def ask_to_rectify(
    db: Connection,
    case: Case,
    deployment: Deployment,
    view: SheetView,
    actor: str,
    now: datetime,
) -> None:
    """Write the one notice with the one deadline that the case already waits for, with its letter."""
    failed = [each for each in view.points if each.result == FAIL]
    due = local_day(datetime.fromisoformat(str(case.words["rectification_ends"])))
    row = {"case_id": case.id, "inspection_id": view.inspection.id, "due_on": due, "asked_at": now}
    added = insert(rectifications).values(row).returning(rectifications.c.id)
    rectification = db.execute(added).scalar_one()
    rows = [
        {
            "rectification_id": rectification,
            "point": each.point.id,
            "text": each.point.text,
            "basis": each.point.basis,
            "items": list(each.point.items),
            "words": each.words,
        }
        for each in failed
    ]
    db.execute(insert(rectification_points), rows)
    told = {"due_on": due.isoformat(), "failures": lines_of(replace(view, points=tuple(failed)))}
    happened = Happened("rectification_asked", case, deployment, actor, tuple(failing(case)), told)
    if letters := follow(db, happened, now):
        of_this = update(rectifications).where(rectifications.c.id == rectification)
        db.execute(of_this.values(letter_id=letters[0].id))
