"""The words of joint visits: half days, kinds, how far one got, and what was answered to its date."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from flask_babel import format_date
from flask_babel import lazy_gettext as _l

from engine.inspections.inspection import (
    HELD,
    PAPER,
    PROPOSED,
    RECHECK,
    REMOTE,
    SETTLED,
    SITE,
    Inspection,
    Inspector,
    Slot,
)

HALVES: Mapping[str, Any] = {"am": _l("上午"), "pm": _l("下午")}
KINDS: Mapping[str, Any] = {SITE: _l("上门"), REMOTE: _l("远程视频"), PAPER: _l("书面")}
OWN_KINDS: Mapping[str, Any] = {  # the same as the applicant reads it
    SITE: _l("上门查看"),
    REMOTE: _l("用视频查看，不上门"),
    PAPER: _l("看您交的整改材料，不用上门"),
}
# State → its word and the tone of its tag.
STATES: Mapping[str, tuple[Any, str]] = {
    PROPOSED: (_l("正在约时间"), "warn"),
    SETTLED: (_l("时间已定"), "info"),
    HELD: (_l("已完成"), "good"),
    "cancelled": (_l("已取消"), "plain"),
}
# What an office or the applicant answered to the date → its word and the tone of its tag.
ANSWERS: Mapping[str, tuple[Any, str]] = {
    "": (_l("还没有答复"), "plain"),
    "agreed": (_l("同意"), "good"),
    "cannot": (_l("时间不合适"), "bad"),
    "other": (_l("另选了时间"), "warn"),
    "silence": (_l("到期没有答复，按同意办理"), "warn"),
}
RECTIFICATIONS: Mapping[str, tuple[Any, str]] = {
    "asked": (_l("等申请人整改"), "warn"),
    "answered": (_l("申请人已经提交"), "info"),
    "lapsed": (_l("到期没有提交"), "bad"),
}

OWN_RECTIFICATIONS: Mapping[str, tuple[Any, str]] = {  # the same as the applicant reads it
    "asked": (_l("等您整改"), "warn"),
    "answered": (_l("已提交"), "good"),
    "lapsed": (_l("到期没有提交"), "bad"),
}

FLAGS: Mapping[str, Any] = {  # what is strange about a photo
    "far": _l("位置偏远"),
    "late": _l("结束后补传"),
    "skewed": _l("手机时间不准"),
}

MINUTES = ("inspection_minutes", "reinspection_minutes")  # letters


class HalfDay(Protocol):
    """Half a day, or the place for one that is not chosen yet."""

    @property
    def day(self) -> date | None: ...
    @property
    def half(self) -> str | None: ...


def slot(found: HalfDay | None) -> str:
    """A half day in words: 11月24日（星期二）上午; "" while there is none."""
    if found is None or found.day is None:
        return ""
    half = HALVES.get(found.half or "", "")
    return f"{format_date(found.day, 'M月d日（EEEE）')}{half}"


def state(inspection: Inspection) -> tuple[str, str]:
    """How far a visit got: its word and the tone of its tag; one on paper has no date that could be open."""
    word, tone = STATES[inspection.state]
    waits = inspection.kind == PAPER and inspection.is_open
    return (str(_l("待复查")), "info") if waits else (str(word), tone)


def kind(inspection: Inspection, *, own: bool = False) -> str:
    """How one looks, in words; `own` for the applicant."""
    return str((OWN_KINDS if own else KINDS)[inspection.kind])


def when(inspection: Inspection) -> str:
    """When it takes place, in words: also that nothing was fixed yet, or need not be."""
    if inspection.kind == PAPER:
        return str(_l("不用约时间"))
    fixed = slot(inspection.slot)
    if not fixed:
        return str(_l("还没有定"))
    return f"{fixed}{_l('（等各方答复）')}" if inspection.state == PROPOSED else fixed


def place_title(point: str) -> str:
    """What a photo is of: the text of a point, or the place as a whole."""
    return point or str(_l("场所整体"))


def party_said(inspection: Inspection) -> str:
    """What the applicant answered to the date, in words; "" before they did."""
    party = inspection.party
    if not party.get("answer"):
        return ""
    wish = Slot(date.fromisoformat(party["day"]), party["half"]) if party.get("day") else None
    said = str(ANSWERS[party["answer"]][0])
    return f"{said}：{slot(wish)}" if wish else said


def others(inspection: Inspection) -> list[tuple[Inspector, str]]:
    """Those of the team whose office looks at no item, like the lead: one of each office, and the names."""
    looking = {(each.department, each.region) for each in inspection.offices}
    found: dict[tuple[str, str], list[Inspector]] = {}
    for each in inspection.team:
        if (each.department, each.region) not in looking:
            found.setdefault((each.department, each.region), []).append(each)
    return [(people[0], "、".join(each.name for each in people)) for people in found.values()]


def name(inspection: Inspection) -> str:
    """What a visit is called: the joint one or its re-check."""
    return str(_l("复查") if inspection.round == RECHECK else _l("联合踏勘"))
