"""Asks the applicant, once and for all offices, to put right what failed at a visit."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, update

from engine.cases import Case
from engine.consequences import follow
from engine.days import local_day
from engine.deployments import Deployment
from engine.happenings import Happened
from engine.inspections.minutes import failures_of
from engine.points import failing
from engine.said import FAIL
from engine.tables import rectification_points, rectifications
from forms.checklist import Point

Results = Mapping[str, Mapping[str, str]]


def ask_to_rectify(
    db: Connection,
    case: Case,
    deployment: Deployment,
    visit: int,
    points: Iterable[Point],
    found: Results,
    actor: str,
    now: datetime,
) -> None:
    """Write the one notice with the one deadline that the case already waits for, with its letter."""
    failed = [point for point in points if found[point.id]["result"] == FAIL]
    due = local_day(datetime.fromisoformat(str(case.words["rectification_ends"])))
    row = {"case_id": case.id, "inspection_id": visit, "due_on": due, "asked_at": now}
    added = insert(rectifications).values(row).returning(rectifications.c.id)
    rectification = db.execute(added).scalar_one()
    rows = [
        {
            "rectification_id": rectification,
            "point": point.id,
            "text": point.text,
            "basis": point.basis,
            "items": list(point.items),
            "words": found[point.id]["words"],
        }
        for point in failed
    ]
    db.execute(insert(rectification_points), rows)
    catalogue = deployment.catalogue_on(case.filed_on)
    told = {"due_on": due.isoformat(), "failures": failures_of(failed, found, catalogue)}
    happened = Happened("rectification_asked", case, deployment, actor, tuple(failing(case)), told)
    if letters := follow(db, happened, now):
        of_this = update(rectifications).where(rectifications.c.id == rectification)
        db.execute(of_this.values(letter_id=letters[0].id))
