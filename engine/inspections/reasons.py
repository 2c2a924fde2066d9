"""Why an item has to be refused after its visit: what failed and was not put right, in words."""

from sqlalchemy import Connection

from engine.cases import Case
from engine.inspections.inspection import RECHECK, inspection_of
from engine.inspections.rectification import LAPSED, FailedPoint, Rectification, rectification_of
from engine.inspections.sheet import results
from engine.said import FAIL


def reasons_to_refuse(db: Connection, case: Case, item: str) -> str:
    """The points of this item that failed for good, each with its law; "" where none did.

    Reasons are owed with every refusal (行政许可法第三十八条).
    """
    found = rectification_of(db, case.id)
    if found is None or item not in case.items or case.items[item].finding != FAIL:
        return ""
    latest = inspection_of(db, case.id)
    again = results(db, latest.id) if latest is not None and latest.round == RECHECK else {}
    failed = [
        (point, again.get(point.point, {}))
        for point in found.points
        if item in point.items and again.get(point.point, {}).get("result", FAIL) == FAIL
    ]
    lines = [
        f"{number}．{_line(point, now.get('words', ''))}" for number, (point, now) in enumerate(failed, 1)
    ]
    return "\n".join([_opening(found), *lines]) if lines else ""


def _opening(found: Rectification) -> str:
    if found.state == LAPSED:
        return "踏勘发现下列问题，期限届满没有整改："
    return "踏勘发现下列问题，整改以后复查仍不合格："


def _line(point: FailedPoint, again: str) -> str:
    """E.g. 疏散通道堆放杂物（应当：…；依据：消防法第二十八条）."""
    words = (again or point.words).rstrip("。；")
    return f"{words}。要求：{point.text}（{point.basis}）。"
