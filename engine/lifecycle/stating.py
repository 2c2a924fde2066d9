"""Who is to lose a licence may speak first: until when, and that nobody decides to revoke it before.

行政许可法第七条: the party may state their view and defend themselves; the notice of the planned revocation
grants five working days for it. Whoever has spoken or waived does not have to be waited for.
"""

from datetime import date, datetime

from sqlalchemy import Connection, func, select

from engine.advance import Done
from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.days import local_day
from engine.errors import Invalid
from engine.tables import letter_deliveries, letters, tasks

REVOKE = "revoke"  # the act, and what it says when it revokes
DAYS = 5  # working days, as in the wording of both notices (processes/letters/revocation_{notice,plan}.yaml)
HEARD, HAVE_SPOKEN = "heard", ("stated", "waived")  # the question of the form, and answers that end the wait


def may_state_until(db: Connection, case: Case, task_id: str) -> date:
    """The last day for the party's statement: five working days of the place after the notice.

    The notice goes out as the deciding task opens; where its receipt was recorded, the receipt counts.
    """
    opened = db.execute(select(tasks.c.opened_at).where(tasks.c.id == task_id)).scalar_one()
    notice = select(func.max(letters.c.id)).where(letters.c.case_id == case.id, letters.c.issued_at <= opened)
    received = select(func.min(letter_deliveries.c.delivered_at)).where(
        letter_deliveries.c.letter_id == notice.scalar_subquery()
    )
    since = max(opened, db.execute(received).scalar() or opened)
    return read_calendar(db, case.region).add_working_days(local_day(since), DAYS)


def refuse_before_stating(db: Connection, case: Case, done: Done, now: datetime) -> None:
    """Raise Invalid when a licence would be revoked while its holder may still speak and has not."""
    values = done.form or {}
    if done.step.act != REVOKE or done.said.outcome != REVOKE or values.get(HEARD) in HAVE_SPOKEN:
        return
    until = may_state_until(db, case, done.task_id)
    if local_day(now) <= until:
        says = f"当事人可以陈述、申辩到{until.year}年{until.month}月{until.day}日，在这以前不能决定撤销。"
        raise Invalid({"outcome": f"{says}已经提出或者明确放弃的，请先在上面如实记录。"})
