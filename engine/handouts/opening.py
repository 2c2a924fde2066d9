"""An issue of a certificate is to reach its holder: as they wished, within ten working days of the decision.

Source: 行政许可法第四十四条. A certificate covers several decisions; its days count from the last.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, or_, select, update

from engine.clock.calendar import read_calendar
from engine.days import local_day
from engine.tables import case_items, cases, certificate_issues, certificates, handout_ways, handouts

LIMIT = 10  # working days after the decision (行政许可法第四十四条)
WARN = 3  # working days before the end, from which the window is reminded [A]
WISH_FIELD = "delivery"  # of forms/definitions/fields.yaml
ELECTRONIC, COUNTER, POST = "electronic", "counter", "post"
WISHES: Mapping[str, str] = {"仅电子证照": ELECTRONIC, "窗口领取": COUNTER, "邮寄送达": POST}
WAITING, DONE, REPLACED = "waiting", "done", "replaced"


def hand_out(db: Connection, *, issue_id: int, now: datetime) -> None:
    """Have this issue handed out, in place of one before it that its holder has not got yet.

    What is late stays late: the day of the one that is replaced holds for the new one, too.
    """
    issue = _issue(db, issue_id)
    late = keep_back(db, issue.certificate_id, now)
    due_on, warn_on = _days(db, issue, now)
    values = {
        "issue_id": issue_id,
        "certificate_id": issue.certificate_id,
        "case_id": issue.case_id,
        "region": issue.region,
        "wish": wish_of(issue.answers),
        "due_on": min([due_on, *(row.due_on for row in late)]),
        "warn_on": min([warn_on, *(row.warn_on for row in late)]),
        "opened_at": now,
    }
    db.execute(insert(handouts).values(values))


def keep_back(db: Connection, certificate_id: int, now: datetime) -> Sequence[Row[Any]]:
    """Hand out no more what has not reached its holder: a newer issue comes, or nothing is in force.

    Returns the days that held for it.
    """
    waiting = update(handouts).where(handouts.c.certificate_id == certificate_id, handouts.c.state == WAITING)
    kept = waiting.values(state=REPLACED, closed_at=now)
    return db.execute(kept.returning(handouts.c.due_on, handouts.c.warn_on)).all()


def hand_out_again(db: Connection, *, issue_id: int, now: datetime) -> None:
    """Have an issue handed out that was kept back while nothing on it was in force, now that something is.

    What has reached its holder meanwhile is done. Ten working days begin anew, unless it was late before.
    """
    kept = (handouts.c.issue_id == issue_id, handouts.c.state == REPLACED)
    row = db.execute(select(handouts).where(*kept).with_for_update()).one_or_none()
    if row is None:
        return
    got = exists().where(handout_ways.c.handout_id == row.id, handout_ways.c.state == "delivered")
    enough = or_(handout_ways.c.way != ELECTRONIC, handouts.c.wish == ELECTRONIC)
    here = update(handouts).where(handouts.c.id == row.id)
    if db.execute(here.where(got.where(enough)).values(state=DONE, closed_at=now)).rowcount:
        return
    values: dict[str, object] = {"state": WAITING, "closed_at": None}
    if local_day(row.closed_at) <= row.due_on:
        due_on, warn_on = _from(db, row.region, local_day(now))
        values |= {"due_on": due_on, "warn_on": warn_on}
    db.execute(here.values(values))


def wish_of(answers: Mapping[str, object]) -> str:
    """How the applicant wants the certificate; who said nothing that is known here comes to the counter."""
    return WISHES.get(str(answers.get(WISH_FIELD)), COUNTER)


def _days(db: Connection, issue: Row[Any], now: datetime) -> tuple[date, date]:
    """Until when the issue is to be handed out, and from when that is near."""
    decided = select(func.max(case_items.c.decided_at)).where(
        case_items.c.case_id == issue.case_id, case_items.c.outcome == "granted"
    )
    return _from(db, issue.region, local_day((issue.issue == 1 and db.execute(decided).scalar()) or now))


def _from(db: Connection, region: str, start: date) -> tuple[date, date]:
    """The last day after `start`, and the one from which it is near."""
    calendar = read_calendar(db, region)
    return calendar.add_working_days(start, LIMIT), calendar.add_working_days(start, LIMIT - WARN)


def _issue(db: Connection, issue_id: int) -> Row[Any]:
    query = (
        select(certificate_issues.c.issue, certificates.c.id.label("certificate_id"))
        .add_columns(certificates.c.case_id, certificates.c.region, cases.c.answers)
        .select_from(certificate_issues)
        .join(certificates, certificates.c.id == certificate_issues.c.certificate_id)
        .join(cases, cases.c.id == certificates.c.case_id)
        .where(certificate_issues.c.id == issue_id)
    )
    return db.execute(query).one()
