"""A hearing that was asked for is called, held or, for a good reason, called off by the deciding office."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from engine.consequences import follow
from engine.days import end_of, local_day
from engine.errors import Invalid, Refusal
from engine.events import actor_of, append
from engine.happenings import Happened
from engine.hearings.finding import Found, of_office
from engine.hearings.hearing import ASKED, CALLED, CANCELLED, DECLINED, OFFERED, change
from engine.hearings.holding import calendar_for, called, held, note_called, note_held
from engine.hearings.times import Window, window
from engine.hearings.words import written
from engine.people import User
from forms.clean import clean
from forms.inputs import Raw
from forms.places import StepForm

# Why a hearing is not held → how that is said, and in which states it may be so. Nothing else takes it away
# from who asked for it.
GROUNDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "mistaken": ("告知有误，需要重新告知", frozenset({OFFERED})),
    "withdrawn": ("申请人撤回听证要求", frozenset({ASKED, CALLED})),
    "absent": ("申请人没有正当理由，不参加听证", frozenset({CALLED})),
}


def call_requested(db: Connection, *, user: User, number: str, hearing: int, raw: Raw, now: datetime) -> None:
    """Tell the people concerned when and where the hearing is; Invalid at the notice's fields."""
    found = of_office(db, user, number, hearing)
    found.refuse_unless(ASKED)
    values = _cleaned(found, "call", raw, now)
    asked = found.hearing.asked_at
    assert asked is not None
    notice = called(
        db, found.case, found.deployment, found.hearing.item, values, since=local_day(asked), now=now
    )
    change(db, hearing, **note_called(notice, now))
    _log(db, found, user, "hearing_called", now)
    _tell(db, found, user, "hearing_called", notice.told(now), now)


def hold_requested(db: Connection, *, user: User, number: str, hearing: int, raw: Raw, now: datetime) -> None:
    """Record the hearing with its signed minutes; Invalid at the form's fields."""
    found = of_office(db, user, number, hearing)
    found.refuse_unless(CALLED)
    minutes = held(db, found.hearing, _cleaned(found, "hear", raw, now))
    note_held(db, found.hearing, minutes, now)
    _log(db, found, user, "hearing_held", now)
    _tell(db, found, user, "hearing_held", minutes.told(), now)


def note_request(
    db: Connection, *, user: User, number: str, hearing: int, words: str, received: str, now: datetime
) -> None:
    """Note that the applicant asked for the hearing in writing, on the day `received` (ISO), in time.

    Also after the system noted that nobody asked: what counts is the day on which the office had the paper.
    Invalid at `words` without any, at `received` for a day before the offer, after the last one, or to come.
    """
    found = of_office(db, user, number, hearing)
    found.refuse_unless(OFFERED, DECLINED)
    request = written(words, "words", "请照抄申请人要求听证的理由。")
    day = _received(found, received, local_day(now))
    change(db, hearing, state=ASKED, request=request, ending="", asked_at=end_of(day))
    _log(db, found, user, "hearing_asked", now)
    _tell(db, found, user, "hearing_asked", {"request": request}, now)


def cancel(
    db: Connection, *, user: User, number: str, hearing: int, ground: str, words: str, now: datetime
) -> None:
    """Call a hearing off; Invalid at `ground` for one that does not apply, at `words` without any.

    After that the item can be decided, and a hearing can be offered anew. Its clocks run on.
    """
    found = of_office(db, user, number, hearing)
    found.refuse_unless(OFFERED, ASKED, CALLED)
    said, states = GROUNDS.get(ground, ("", frozenset()))
    if found.hearing.state not in states:
        raise Invalid({"ground": "请选择取消的原因。"})
    why = written(words, "words", "请写明情况和依据，例如哪一天收到申请人的书面撤回。")
    change(db, hearing, state=CANCELLED, ending=f"{said}。{why}")
    _log(db, found, user, "hearing_cancelled", now)
    _tell(db, found, user, "hearing_declined", {"by": ground}, now)


def days_for(db: Connection, found: Found, now: datetime) -> Window:
    """The days on which a hearing that was asked for may be held if it is called now."""
    asked = found.hearing.asked_at
    assert asked is not None
    calendar = calendar_for(db, found.case, found.deployment, found.hearing.item)
    return window(local_day(asked), local_day(now), calendar)


def _received(found: Found, received: str, today: date) -> date:
    offered, last = found.hearing.offered_at, found.hearing.ask_by
    assert offered is not None and last is not None
    try:
        day = date.fromisoformat(received)
    except ValueError:
        raise Invalid({"received": "请填写收到的日期。"}) from None
    if not local_day(offered) <= day <= min(last, today):
        latest = min(last, today)
        raise Invalid(
            {"received": f"收到的日期应在{local_day(offered)}到{latest}之间；过了期限提出的，不能受理。"}
        )
    return day


def form_of(found: Found, name: str) -> StepForm:
    """The form of a notice (`call`) or of minutes (`hear`) in the version that the case was filed under."""
    forms = found.deployment.forms.steps
    if "call" not in forms:  # published before hearings could be asked for
        raise Refusal("这件申请所用的流程版本没有听证表单。", "请联系流程设计人员。")
    return forms[name]


def _cleaned(found: Found, name: str, raw: Raw, now: datetime) -> Mapping[str, object]:
    cleaned = clean(form_of(found, name).fields, raw, today=local_day(now), context={})
    if cleaned.errors:
        raise Invalid(cleaned.errors)
    return cleaned.values


def _log(db: Connection, found: Found, user: User, type: str, now: datetime) -> None:
    payload = {"item": found.hearing.item, "title": found.title, "hearing": found.hearing.id}
    append(db, found.case, user, type, payload, now)


def _tell(
    db: Connection, found: Found, user: User, kind: str, told: Mapping[str, object], now: datetime
) -> None:
    about, actor = (found.hearing.item,), actor_of(user.id)
    follow(db, Happened(kind, found.case, found.deployment, actor, about, told), now)
