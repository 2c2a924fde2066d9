"""A hearing on request: the office tells of the right, the applicant asks for it or does not."""

from datetime import datetime

from sqlalchemy import Connection

from engine.cases import Case
from engine.catalogue import Item
from engine.consequences import follow
from engine.days import local_day
from engine.deployments import Deployment
from engine.errors import Invalid, Refusal
from engine.events import SYSTEM, actor_of, append
from engine.happenings import Happened
from engine.hearings.finding import Found, case_to_decide, of_anybody, of_applicant
from engine.hearings.hearing import ASKED, DECLINED, OFFERED, REQUEST, add, change, hearing_about
from engine.hearings.holding import calendar_for
from engine.hearings.times import ask_by
from engine.hearings.words import written
from engine.people import User

HEARING = "听证"


def wanted_by_law(item: Item) -> bool:
    """Whether the law itself wants a hearing about such an item; then its diagram has the steps for it."""
    return any(each.name == HEARING and each.before_granting for each in item.special)


def offer(db: Connection, *, user: User, number: str, item: str, reasons: str, now: datetime) -> int:
    """Tell the applicant, before the decision, that a hearing may be asked for (第四十七条); returns its id.

    Invalid at `reasons`; a Refusal where there was one already, and where the law itself wants one.
    """
    case, deployment = case_to_decide(db, user, number, item)
    _refuse_twice(db, case, deployment, item)
    why = written(reasons, "reasons", "请写明为什么告知听证，例如决定可能影响谁的什么利益。")
    last = ask_by(local_day(now), calendar_for(db, case, deployment, item))
    id = add(db, case.id, item, REQUEST, state=OFFERED, reasons=why, ask_by=last, offered_at=now)
    title = deployment.catalogue_on(case.filed_on).item(item).name
    append(db, case, user, "hearing_offered", {"item": item, "title": title, "hearing": id}, now)
    told = {"ask_by": last.isoformat(), "reasons": why}
    follow(db, Happened("hearing_offered", case, deployment, actor_of(user.id), (item,), told), now)
    return id


def ask(db: Connection, *, user: User, number: str, hearing: int, words: str, now: datetime) -> None:
    """The applicant asks for the hearing that was offered; Invalid at `words` without any."""
    found = of_applicant(db, user, number, hearing)
    _refuse_late(found, now)
    request = written(words, "words", "请写明为什么要求听证，打算说明什么。")
    change(db, hearing, state=ASKED, request=request, asked_at=now)
    _log(db, found, user, "hearing_asked", now)
    _tell(db, found, actor_of(user.id), "hearing_asked", {"request": request}, now)


def decline(db: Connection, *, user: User, number: str, hearing: int, now: datetime) -> None:
    """The applicant does without the hearing; the decision need not wait any longer."""
    found = of_applicant(db, user, number, hearing)
    found.refuse_unless(OFFERED)
    _decline(db, found, user, "申请人表示不要求听证。", "applicant", now)


def lapse(db: Connection, *, hearing: int, now: datetime) -> bool:
    """Who has not asked in time does without (第四十七条); returns whether it was so: once."""
    found = of_anybody(db, hearing)
    last = found.hearing.ask_by
    if found.hearing.state != OFFERED or last is None or local_day(now) <= last:
        return False
    _decline(db, found, None, f"到{last}没有提出，视为不要求听证。", "time", now)
    return True


def _decline(db: Connection, found: Found, user: User | None, ending: str, by: str, now: datetime) -> None:
    change(db, found.hearing.id, state=DECLINED, ending=ending)
    _log(db, found, user, "hearing_declined", now)
    actor = SYSTEM if user is None else actor_of(user.id)
    _tell(db, found, actor, "hearing_declined", {"by": by}, now)


def _refuse_twice(db: Connection, case: Case, deployment: Deployment, item: str) -> None:
    about = deployment.catalogue_on(case.filed_on).item(item)
    if wanted_by_law(about):
        raise Refusal(
            f"“{about.name}”依法必须听证，由流程安排，不用另行告知。", "审查、踏勘合格后会有“通知听证”任务。"
        )
    if hearing_about(db, case.id, item) is not None:
        raise Refusal(f"“{about.name}”已经告知过听证。", "请在听证页面查看进展，不用再次告知。")


def _refuse_late(found: Found, now: datetime) -> None:
    found.refuse_unless(OFFERED)
    last = found.hearing.ask_by
    if last is not None and local_day(now) > last:
        raise Invalid({"words": f"要求听证的期限到{last}为止，已经过了，不能再提出。"})


def _log(db: Connection, found: Found, user: User | None, type: str, now: datetime) -> None:
    payload = {"item": found.hearing.item, "title": found.title, "hearing": found.hearing.id}
    append(db, found.case, user, type, payload, now)


def _tell(
    db: Connection, found: Found, actor: str, kind: str, told: dict[str, object], now: datetime
) -> None:
    follow(db, Happened(kind, found.case, found.deployment, actor, (found.hearing.item,), told), now)
