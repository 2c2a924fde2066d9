"""What a hearing means for the decision: it waits for it, rests on its minutes, and says why it departs."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from engine.cases import Case
from engine.errors import Invalid
from engine.hearings.hearing import ASKED, CALLED, HELD, OFFERED, Hearing, hearing_about
from engine.said import GRANTED, Values

_TO_DO: Mapping[str, str] = {
    OFFERED: "已经告知申请人可以要求听证，要等申请人答复；到期没有答复，系统会自动按不要求处理。",
    ASKED: "申请人要求听证，还没有通知时间。请先在“听证”页面通知听证。",
    CALLED: "听证还没有举行。请先举行听证，并在“听证”页面填写笔录。",
}


def refuse_while_hearing(db: Connection, case: Case, item: str) -> None:
    """Invalid at `outcome` while a hearing about the item was offered, asked for or called (第四十七条)."""
    found = hearing_about(db, case.id, item)
    if found is not None and found.state in _TO_DO:
        raise Invalid({"outcome": f"这个事项{_TO_DO[found.state]}"})


def refuse_unexplained(db: Connection, case: Case, item: str, values: Values) -> None:
    """Invalid at `reasons` when the item is granted against the conclusion of its hearing without a word.

    A refusal always has its reasons; the decision goes by the minutes (第四十八条第二款).
    """
    minutes = _minutes(db, case.id, item)
    against = minutes is not None and minutes.get("conclusion") == "oppose"
    if against and values.get("outcome") == GRANTED and not values.get("reasons"):
        raise Invalid({"reasons": "听证结论不支持准予许可。仍决定准予的，请根据听证笔录写明理由。"})


def minutes_of(db: Connection, case_id: int, item: str) -> str:
    """How a decision names the minutes that it rests on, like 2026年12月20日听证笔录; "" without."""
    minutes = _minutes(db, case_id, item)
    return "" if minutes is None else f"{_in_words(str(minutes['held_on']))}听证笔录"


def _minutes(db: Connection, case_id: int, item: str) -> Mapping[str, object] | None:
    found: Hearing | None = hearing_about(db, case_id, item)
    return found.minutes if found is not None and found.state == HELD else None


def _in_words(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.year}年{found.month}月{found.day}日"
