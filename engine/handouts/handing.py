"""The window hands out a certificate: to the person at the counter, or to the post and then to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Connection, insert, select, update

from engine.cases import load_case
from engine.days import LOCAL, local_day
from engine.deployments import load
from engine.errors import Invalid, Refusal
from engine.events import append
from engine.handouts.carrier import Carrier
from engine.handouts.opening import COUNTER, DONE, POST, WAITING
from engine.inspections.strokes import Strokes
from engine.outbox.tell import step_message, tell_user
from engine.people import User
from engine.queries.handouts import Handout, at_window, of_window
from engine.tables import handout_ways, handouts
from forms.glyphs import fault_in_print

LONGEST = {"receiver": 40, "words": 200}
NOON = time(12, 0)
UNDERWAY, DELIVERED, RETURNED = "underway", "delivered", "returned"


class NotWaiting(Refusal):
    """It has been handed out, or a newer issue stands in its place."""

    says = "这张证不用再发放。"
    do = "它已经送达、换发了新的，或者许可现在不在有效状态；请从“证照发放”的列表里重新打开。"


@dataclass(frozen=True)
class Given:
    """What the window typed; `day` ISO, "" for today. `signature` () where it stands on paper."""

    receiver: str
    words: str = ""
    day: str = ""
    identity_checked: bool = False
    signature: Strokes = ()


def hand_over(db: Connection, *, user: User, handout: int, given: Given, now: datetime) -> None:
    """The receiver took it at the counter and signed, the identity paper having been looked at.

    Invalid at receiver, identity_checked, words or day; NotFound for windows of other regions; NotWaiting.
    """
    found = _waiting(db, user, handout)
    errors = _errors(given)
    at = _moment(found.opened_at, given.day, now, errors)
    if found.underway:
        errors["receiver"] = "这张证正在邮寄。退回以后才能在窗口领取；请先登记邮寄的结果。"
    if not given.identity_checked:
        errors["identity_checked"] = "请核对领取人的身份证件，核对无误后勾选。"
    if errors:
        raise Invalid(errors)
    row = {
        "handout_id": found.id,
        "way": COUNTER,
        "state": DELIVERED,
        "receiver": given.receiver.strip(),
        "identity_checked": True,
        "signature": given.signature or None,
        "words": given.words.strip(),
        "begun_at": at,
        "ended_at": at,
        "recorded_by": user.id,
    }
    db.execute(insert(handout_ways).values(row))
    close(db, found, COUNTER, user, now)


def send(
    db: Connection, *, user: User, handout: int, carrier: Carrier, tracking: str, given: Given, now: datetime
) -> None:
    """It went to the post; the holder is told under which number. Invalid at tracking, receiver or words."""
    found = _waiting(db, user, handout)
    errors = _errors(given)
    at = _moment(found.opened_at, given.day, now, errors)
    if found.underway:
        errors["tracking"] = "这张证已经寄出，还没有登记结果。"
    if errors:
        raise Invalid(errors)
    parcel = carrier.take(tracking)
    row = {
        "handout_id": found.id,
        "way": POST,
        "state": UNDERWAY,
        "receiver": given.receiver.strip(),
        "carrier": parcel.carrier,
        "tracking": parcel.tracking,
        "words": given.words.strip(),
        "begun_at": at,
        "recorded_by": user.id,
    }
    way = db.execute(insert(handout_ways).values(row).returning(handout_ways.c.id)).scalar_one()
    _log(db, found, user, f"{POST}_{UNDERWAY}", now)
    case = load_case(db, found.case_id)
    message = step_message(
        load(db, case.deployment_id),
        "posted",
        operator=case.operator,
        case_number=case.number,
        **vars(parcel),
    )
    if message is not None:
        tell_user(db, case.applicant_id, case.id, message, f"posted/{way}", now)


def note_arrival(
    db: Connection, *, user: User, handout: int, arrived: bool, day: str, words: str, now: datetime
) -> bool:
    """The post delivered it on that day or brought it back; whether it now waits again.

    A parcel that a newer issue overtook ends so, too, and nothing waits. Invalid at words (why it came back)
    or day.
    """
    found = _locked(db, user, handout)
    errors: dict[str, str] = {}
    sent = found.underway
    if sent is None:
        raise NotWaiting("这张证不在邮寄途中。")
    at = _moment(sent.begun_at, day, now, errors)
    if not arrived and not words.strip():
        errors["words"] = "请写明为什么退回，例如地址不详、无人签收。"
    if fault := _too_long_or_not_printable("words", words):
        errors["words"] = fault
    if errors:
        raise Invalid(errors)
    state = DELIVERED if arrived else RETURNED
    said = "；".join(each for each in (sent.words, words.strip()) if each)
    noted = {"state": state, "ended_at": at, "words": said}
    db.execute(update(handout_ways).where(handout_ways.c.id == sent.id).values(noted))
    if arrived and found.state == WAITING:
        close(db, found, POST, user, now)
    else:
        _log(db, found, user, POST if arrived else f"{POST}_{RETURNED}", now)
    return not arrived and found.state == WAITING


def close(db: Connection, found: Handout, way: str, user: User, now: datetime) -> None:
    """The certificate has reached its holder this way; once, however many say so at the same time."""
    closed = update(handouts).where(handouts.c.id == found.id, handouts.c.state == WAITING)
    if db.execute(closed.values(state=DONE, closed_at=now)).rowcount != 1:
        raise NotWaiting
    _log(db, found, user, way, now)


def _log(db: Connection, found: Handout, user: User, how: str, now: datetime) -> None:
    payload = {"handout": found.id, "title": f"{found.number}（第{found.issue}版）", "act": how}
    append(db, load_case(db, found.case_id), user, "certificate_delivered", payload, now)


def _locked(db: Connection, user: User, handout: int) -> Handout:
    """As it stands now that nobody else can record anything about it before this transaction has ended."""
    db.execute(select(handouts.c.id).where(handouts.c.id == handout, of_window(user)).with_for_update())
    return at_window(db, user, handout)


def _waiting(db: Connection, user: User, handout: int) -> Handout:
    found = _locked(db, user, handout)
    if found.state != WAITING:
        raise NotWaiting
    if found.pdf_sha256 is None:
        raise NotWaiting("证照文件还没有生成，现在还不能发放。", "通常几秒钟就好，请稍后刷新再试。")
    return found


def _errors(given: Given) -> dict[str, str]:
    errors = {
        name: fault
        for name, value in (("receiver", given.receiver), ("words", given.words))
        if (fault := _too_long_or_not_printable(name, value))
    }
    if not given.receiver.strip():
        errors["receiver"] = "请填写领取人或者收件人的姓名。"
    return errors


def _too_long_or_not_printable(name: str, value: str) -> str:
    if len(value.strip()) > LONGEST[name]:
        return f"最多 {LONGEST[name]} 个字。"
    return fault_in_print(value.strip())


def _moment(since: datetime, day: str, now: datetime, errors: dict[str, str]) -> datetime:
    """The moment that a typed day stands for: now for today; a fault is added to `errors` at `day`."""
    if not day.strip():
        return now
    try:
        found = date.fromisoformat(day.strip())
    except ValueError:
        found = date.min
    if not local_day(since) <= found <= local_day(now):
        errors["day"] = f"请填写从 {local_day(since):%Y-%m-%d} 到今天之间的日期。"
        return now
    return now if found == local_day(now) else datetime.combine(found, NOON, LOCAL)


def ways_open(found: Handout) -> Sequence[str]:
    """The ways that the window may take now: none once it is done or while the post has it."""
    if found.state != WAITING or found.underway:
        return ()
    return (COUNTER, POST)
