"""Reminds a window on each working day of the certificates that it must hand out soon, or should have."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.cases import load_case
from engine.clock.calendar import read_calendar
from engine.days import local_day
from engine.deployments import load
from engine.outbox.office import tell_office
from engine.outbox.said import in_words
from engine.outbox.tell import step_message
from engine.people import Membership
from engine.queries.handouts import IS_WAITING, WINDOW
from engine.tables import handouts


def remind_undelivered(db: Connection, now: datetime) -> int:
    """One message a day to each person of a window, saying how many are near their end; how many were sent.

    Only on the working days of the region. Run again on the same day, it says nothing.
    """
    today = local_day(now)
    near = (
        select(handouts.c.region, func.count().label("count"), func.min(handouts.c.due_on).label("due_on"))
        .add_columns(func.min(handouts.c.case_id).label("case_id"))
        .where(IS_WAITING, handouts.c.warn_on <= today)
        .group_by(handouts.c.region)
    )
    said = 0
    for row in db.execute(near).all():
        if not read_calendar(db, row.region).is_working(today):
            continue
        case = load_case(db, row.case_id)
        deployment = load(db, case.deployment_id)
        words = {"operator": case.operator, "case_number": case.number, "waiting": str(row.count)}
        message = step_message(deployment, "undelivered", **words, due_on=in_words(row.due_on))
        if message is not None:
            office = Membership(WINDOW, deployment.catalogue.window, row.region)
            said += tell_office(db, office, row.case_id, message, f"undelivered/{row.region}/{today}", now)
    return said
