"""Reminds an office on each working day of what it has not claimed in time, until it does."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from engine.cases import load_case
from engine.clock.calendar import read_calendar
from engine.days import local_day
from engine.deployments import load
from engine.outbox.office import tell_office
from engine.outbox.tell import step_message
from engine.people import Membership
from engine.regulators.offices import IS_NEW, REGULATOR
from engine.tables import pushes


def remind_unclaimed(db: Connection, now: datetime) -> int:
    """One message a day to each person of an office that is late, saying how many wait; how many were sent.

    Only on the working days of the office's region. Run again on the same day, it says nothing.
    """
    today = local_day(now)
    late = (
        select(pushes.c.department, pushes.c.region, func.count().label("count"))
        .add_columns(func.min(pushes.c.case_id).label("case_id"))
        .where(IS_NEW, pushes.c.claim_by < today)
        .group_by(pushes.c.department, pushes.c.region)
    )
    said = 0
    for row in db.execute(late).all():
        if not read_calendar(db, row.region).is_working(today):
            continue
        case = load_case(db, row.case_id)
        words = {"operator": case.operator, "case_number": case.number, "waiting": str(row.count)}
        message = step_message(load(db, case.deployment_id), "unclaimed", **words)
        if message is not None:
            office = Membership(REGULATOR, row.department, row.region)
            key = f"unclaimed/{row.department}/{row.region}/{today}"
            said += tell_office(db, office, row.case_id, message, key, now)
    return said
