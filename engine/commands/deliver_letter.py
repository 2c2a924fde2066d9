"""Records that a letter reached its person: opened on line, handed over, posted or left."""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.cases import load_case
from engine.days import LOCAL, local_day
from engine.errors import Invalid
from engine.events import append
from engine.people import User
from engine.queries.letter_lines import LetterLine
from engine.queries.letters import applicants_letter, window_letter
from engine.tables import letter_deliveries
from forms.glyphs import fault_in_print

ELECTRONIC, COUNTER, POST, LEFT = "electronic", "counter", "post", "left"
# Way → what has to be said beside the receiver (民事诉讼法 art. 89: who saw that a letter was left there).
BY_HAND: Mapping[str, str] = {
    COUNTER: "",
    POST: "请填写邮件号码。",
    LEFT: "请写明拒收的理由、见证人和留置的地点。",
}
LONGEST = {"receiver": 40, "words": 200}
NOON = time(12, 0)


def open_letter(db: Connection, *, user: User, number: str, letter: int, now: datetime) -> LetterLine:
    """The applicant opens a printed letter: the first time is its delivery. NotFound for others' letters."""
    found = applicants_letter(db, user, number, letter)
    if found.pdf_sha256 is not None and not _delivered(found, ELECTRONIC):
        _record(db, found, ELECTRONIC, found.operator, "", now, None, user, now)
    return found


def record_delivery(
    db: Connection,
    *,
    user: User,
    number: str,
    letter: int,
    way: str,
    receiver: str,
    words: str,
    day: str,
    now: datetime,
) -> None:
    """The window says how a letter was handed over; `day` is ISO, "" for today.

    Invalid at way, receiver, words or day; NotFound for a window of another region.
    """
    found = window_letter(db, user, number, letter)
    receiver, words = receiver.strip(), words.strip()
    errors = _errors(found, way, receiver, words)
    delivered = local_day(now) if not day.strip() else _day(day)
    if delivered is None or not local_day(found.issued_at) <= delivered <= local_day(now):
        errors["day"] = "请填写从文书出具到今天之间的日期。"
    if errors or delivered is None:
        raise Invalid(errors)
    at = now if delivered == local_day(now) else datetime.combine(delivered, NOON, LOCAL)
    _record(db, found, way, receiver, words, at, user.id, user, now)


def _errors(found: LetterLine, way: str, receiver: str, words: str) -> dict[str, str]:
    errors: dict[str, str] = {}
    if way not in BY_HAND:
        errors["way"] = "请选择怎样送达。"
    elif _delivered(found, way):
        errors["way"] = "这种方式的送达已经登记过了。"
    elif BY_HAND[way] and not words:
        errors["words"] = BY_HAND[way]
    if not receiver:
        errors["receiver"] = "请填写收件人或者代收人的姓名。"
    for name, value in (("receiver", receiver), ("words", words)):
        if len(value) > LONGEST[name]:
            errors[name] = f"最多 {LONGEST[name]} 个字。"
        elif fault := fault_in_print(value):
            errors[name] = fault
    return errors


def _delivered(found: LetterLine, way: str) -> bool:
    return any(each.way == way for each in found.deliveries)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _record(
    db: Connection,
    found: LetterLine,
    way: str,
    receiver: str,
    words: str,
    at: datetime,
    recorded_by: int | None,
    user: User,
    now: datetime,
) -> None:
    """Add the delivery and its line in the log; one that somebody just added is left alone."""
    row = {
        "letter_id": found.id,
        "way": way,
        "receiver": receiver,
        "words": words,
        "delivered_at": at,
        "recorded_by": recorded_by,
    }
    added = upsert(letter_deliveries).values(row).on_conflict_do_nothing()
    if db.execute(added.returning(letter_deliveries.c.id)).scalar() is not None:
        payload = {"letter": found.id, "number": found.number, "title": found.name, "way": way}
        append(db, load_case(db, found.case_id), user, "letter_delivered", payload, now)
