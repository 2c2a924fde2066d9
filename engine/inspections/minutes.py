"""What the minutes of a visit say: who looked when and where, each point with its result, who signed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.catalogue import Catalogue
from engine.days import local_day
from engine.inspections.ending import Ending
from engine.inspections.fold import REFUSED
from engine.inspections.view import PointView, SheetView, Signer
from engine.said import FAIL, Words
from forms.checklist import Point

RESULTS: Mapping[str, str] = {"pass": "合格", "fail": "不合格", "na": "不适用"}
NOBODY_THERE = "没有到场。"


def minutes_of(
    view: SheetView, catalogue: Catalogue, found: Mapping[str, Words], ending: Ending, now: datetime
) -> dict[str, object]:
    """The values of the happening `inspected` or `reinspected` (engine.happenings.KINDS)."""
    visit = view.inspection
    return {
        "how": visit.kind,
        "place": visit.place,
        "held_on": local_day(now).isoformat(),
        "people": "、".join(f"{each.name}（{each.office}）" for each in _there(view.signers)),
        "party": _party(view),
        "results": [_result(each, catalogue) for each in view.points],
        "findings": [
            {"item": catalogue.item(item).name, "finding": RESULTS[str(words["finding"])]}
            for item, words in sorted(found.items())
        ],
        "failed": FAIL in {words["finding"] for words in found.values()},
        "note": ending.note,
        "recording": ending.recording,
    }


def failures_of(
    points: Iterable[Point], found: Mapping[str, Mapping[str, str]], catalogue: Catalogue
) -> list[dict[str, str]]:
    """The points that failed, as a notice lists them."""
    return [
        {
            "text": point.text,
            "basis": point.basis,
            "words": found[point.id]["words"],
            "item": _names(point, catalogue),
        }
        for point in points
        if found[point.id]["result"] == FAIL
    ]


def _there(signers: Iterable[Signer]) -> list[Signer]:
    """Who looked: of the team only those who signed were there."""
    return [each for each in signers if each.in_team and each.state]


def _party(view: SheetView) -> str:
    if view.party is None:
        return NOBODY_THERE
    if view.party.answer == REFUSED:
        return f"{view.party.name or '现场人员'}拒绝签名：{view.party.words}"
    return f"{view.party.name}已签名。{view.party.words}"


def _result(each: PointView, catalogue: Catalogue) -> dict[str, str]:
    return {
        "text": each.point.text,
        "basis": each.point.basis,
        "result": RESULTS.get(each.result, ""),
        "words": each.words,
        "item": _names(each.point, catalogue),
    }


def _names(point: Point, catalogue: Catalogue) -> str:
    return "、".join(catalogue.item(item).short for item in point.items)
