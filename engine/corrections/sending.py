"""Sends the one notice of everything that is missing, and ends one that was not answered in time."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, update

from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.consequences import follow
from engine.corrections.filed import read_filed
from engine.corrections.notice import as_values, entries
from engine.corrections.points import LAPSED, SENT, Correction, corrections_of, marked_points, open_correction
from engine.corrections.second import granted_second
from engine.days import local_day
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.events import actor_of
from engine.happenings import Happened
from engine.people import User
from engine.receipt import correction_days
from engine.tables import correction_points, corrections

NOTHING_MARKED = "还没有标记任何问题，不能要求补正。请先在“核对材料，标记问题”页标出来。"
SECOND = (
    "这件申请已经补正过一次。原来就能看出的问题，应当一次告知；确有必要再发的，"
    "请在“核对材料，标记问题”页写明理由，提请本部门负责人批准。"
)


def send(db: Connection, *, case: Case, deployment: Deployment, user: User, now: datetime) -> tuple[str, ...]:
    """Ask the applicant for all that is marked, in one notice; returns the items whose reviewers asked.

    Raises Invalid at `outcome` when nothing is marked, and for a second notice that nobody approved
    (行政许可法第三十二条：一次告知申请人需要补正的全部内容). The caller moves the case on.
    """
    points = marked_points(db, case.id)
    if not points:
        raise Invalid({"outcome": NOTHING_MARKED})
    number = len(corrections_of(db, case.id)) + 1
    approval = granted_second(db, case.id) if number > 1 else None
    if number > 1 and approval is None:
        raise Invalid({"outcome": SECOND})
    due_on = reply_by(db, deployment, case, now)
    row = {"case_id": case.id, "round": number, "state": SENT, "sent_by": user.id, "sent_at": now}
    added = insert(corrections).values(**row, approval_id=approval, due_on=due_on).returning(corrections.c.id)
    correction = db.execute(added).scalar_one()
    sent = correction_points.c.id.in_([point.id for point in points])
    db.execute(update(correction_points).where(sent).values(correction_id=correction))
    asked = as_values(entries(read_filed(db, case.id), points))
    values = {"round": number, "due_on": due_on.isoformat(), "points": asked}
    letters = follow(
        db, Happened("correction_asked", case, deployment, actor_of(user.id), values=values), now
    )
    if letters:
        of_this = update(corrections).where(corrections.c.id == correction)
        db.execute(of_this.values(letter_id=letters[0].id))
    return tuple(sorted({point.item for point in points if point.item}))


def reply_by(db: Connection, deployment: Deployment, case: Case, now: datetime) -> date:
    """The last day for the reply to a notice that is sent `now`: the region's working days."""
    days = correction_days(deployment.catalogue.settings(case.region))
    return read_calendar(db, case.region).add_working_days(local_day(now), days)


def lapse(db: Connection, case_id: int, now: datetime) -> Correction | None:
    """The notice that was not answered in time, now ended; None when there is none that waits."""
    found = open_correction(db, case_id)
    if found is not None:
        ended = update(corrections).where(corrections.c.id == found.id)
        db.execute(ended.values(state=LAPSED, answered_at=now))
    return found
