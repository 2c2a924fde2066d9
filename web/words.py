"""The words for what the engine names by codes: one vocabulary on every page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.decisions import decision
from engine.pauses import KINDS
from engine.queries.parts import WAIT
from engine.queries.timeline import WAIT_OVER, Entry
from web.words_of_life import holder_asked as holder_asked
from web.words_of_life import licence_event as licence_event
from web.words_of_life import licence_state as licence_state
from web.words_of_life import life_kind as life_kind
from web.words_of_life import may_be_withdrawn as may_be_withdrawn
from web.words_of_life import outcome_tone as outcome_tone
from web.words_of_life import undone as undone

STATUS: Mapping[str, Any] = {
    "submitted": _l("已提交待受理"),
    "correcting": _l("待补正"),
    "reviewing": _l("审查中"),
    "visiting": _l("待踏勘"),
    "rectifying": _l("待整改"),
    "reinspecting": _l("待复核"),
    "announcing": _l("公示中"),
    "hearing": _l("听证中"),
    "deciding": _l("审批中"),
    "issuing": _l("制证中"),
    "granted": _l("已办结"),
    "partly_granted": _l("部分准予"),
    "refused": _l("不予许可"),
    "not_accepted": _l("不予受理"),
    "lapsed": _l("视为撤回"),
    "withdrawn": _l("已撤回"),
    "returned": _l("已退回"),
    "checking": _l("核查中"),
    "mending": _l("待整改"),
    "revoking": _l("拟撤销"),
    "kept": _l("承诺属实"),
    "revoked": _l("已撤销"),
    "not_revoked": _l("不撤销"),
    "confirming": _l("核对中"),
    "changed": _l("已变更"),
    "not_changed": _l("不予变更"),
    "renewed": _l("已延续"),
    "not_renewed": _l("不予延续"),
    "cancelled": _l("已注销"),
    "not_cancelled": _l("不予注销"),
    "reissued": _l("已补证"),
    "not_reissued": _l("不予补证"),
    "suspended": _l("已暂停"),
    "not_suspended": _l("不暂停"),
    "resumed": _l("已恢复"),
    "not_resumed": _l("不恢复"),
    "overtaken": _l("许可已终止"),
}
OUTCOME: Mapping[str, Any] = {
    "accept": _l("受理"),
    "correct": _l("要求补正"),
    "refuse": _l("不予受理"),
    "accepted_by_silence": _l("逾期未答复，视为受理"),
    "corrected": _l("已补正"),
    "ok": _l("已改正"),
    "not_ok": _l("未改正"),
    "lapsed": _l("逾期未补正，视为撤回"),
    "agree": _l("同意"),
    "disagree": _l("不同意"),
    "pass": _l("合格"),
    "fail": _l("不合格"),
    "arranged": _l("已安排"),
    "agreed": _l("同意时间"),
    "other": _l("另约时间"),
    "cannot": _l("时间不行"),
    "agreed_by_silence": _l("逾期未答复，视为同意"),
    "rectified": _l("已整改"),
    "not_rectified": _l("逾期未整改"),
    "announced": _l("已公示"),
    "called": _l("已通知"),
    "support": _l("支持准予许可"),
    "oppose": _l("不支持准予许可"),
    "divided": _l("意见不一"),
    "granted": _l("准予许可"),
    "refused": _l("不予许可"),
    "not_accepted": _l("不予受理"),
    "withdrawn": _l("已撤回"),
    "returned": _l("已退回"),
    "kept": _l("承诺属实"),
    "mend": _l("限期整改"),
    "false": _l("承诺不属实"),
    "revoke": _l("予以撤销"),
    "keep": _l("不撤销"),
    "revoked": _l("已撤销"),
    "claimed": _l("已领取"),
    "cancelled": _l("已取消"),
    "licensed": _l("已编号"),
    "issued": _l("已制证"),
    "notified": _l("已通知"),
    "reminded": _l("已提醒"),
    "decline": _l("不同意"),
    "changed": _l("已变更"),
    "renewed": _l("已延续"),
    "suspended": _l("已暂停"),
    "resumed": _l("已恢复"),
    "reissued": _l("已补证"),
    "overtaken": _l("许可已终止"),
}
BAD = frozenset(
    {
        "refuse",
        "decline",
        "lapsed",
        "disagree",
        "fail",
        "refused",
        "not_accepted",
        "returned",
        "false",
        "revoke",
        "not_rectified",
    }
)
# Acts that an applicant need not hear about: the system's own housekeeping.
INSIDE = frozenset({"license", "notify", "remind", "effect"})


@dataclass(frozen=True)
class Line:
    """One line of a timeline as the macro shows it; state is done, active, waiting or bad."""

    title: str
    at: datetime | None
    text: str
    who: str
    state: str


class Waits(Protocol):
    """A step that waits now, as far as its line of a timeline tells."""

    @property
    def title(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def due_at(self) -> datetime | None: ...


class Story(Protocol):
    """A case as far as its timeline tells, whatever else the reader may see of it."""

    @property
    def timeline(self) -> Sequence[Entry]: ...
    @property
    def waiting(self) -> Sequence[Waits]: ...


def status(code: str) -> str:
    """The status word of a case."""
    return str(STATUS.get(code, code))


def outcome(code: str | None, kind: str | None = None, process: str = "") -> str:
    """The word for how a task ended, or "" for none; a decision is called by the `kind` of its item.

    That of a case which follows another is called by what its `process` does.
    """
    return (decision(kind, code, process) if kind else "") or str(OUTCOME.get(code or "", code or ""))


def timeline(page: Story, *, inside: bool = False) -> list[Line]:
    """What happened and what waits now; `inside` adds claims, reminders and the like for staff."""
    happened = [line for entry in page.timeline if (line := _line(entry, inside)) is not None]
    waiting = [_waiting(task) for task in page.waiting if inside or task.act not in INSIDE]
    return happened + waiting


def _line(entry: Entry, inside: bool) -> Line | None:
    if entry.type == "submitted":
        who = _("申请人")
        return Line(_("提交申请"), entry.at, "", who, "done")
    if entry.type == "task_completed" and (inside or entry.act not in INSIDE):
        state = "bad" if entry.outcome in BAD else "done"
        title = f"{entry.title}：{outcome(entry.outcome, entry.kind)}" if entry.outcome else entry.title
        by = {"system": _("系统自动办理"), "applicant": _("申请人")}
        return Line(title, entry.at, "", by.get(entry.by, entry.office), state)
    if entry.type == WAIT_OVER:
        return Line(entry.title, entry.at, "", _("系统自动办理"), "done")
    if entry.type in _OF_APPLICANTS:
        said, state = _OF_APPLICANTS[entry.type]
        who = _("申请人") if entry.by == "applicant" else _("系统自动办理")
        return Line(f"{said}：{entry.title}", entry.at, "", who, state)
    if entry.type == "certificate_delivered":
        state = "bad" if entry.act == "post_returned" else "done"
        return Line(f"{_OF_HANDOUTS[entry.act]}：{entry.title}", entry.at, "", "", state)
    prolonged = (entry.type, entry.act) == ("approval_granted", "extension")
    if entry.type in _OF_HEARINGS:
        who = _("申请人") if entry.by == "applicant" else _("系统自动办理") if entry.by == "system" else ""
        return Line(f"{_OF_HEARINGS[entry.type]}：{entry.title}", entry.at, "", who, "done")
    if entry.type in _OF_CLOCKS or prolonged or (inside and entry.type in _OF_APPROVALS):
        return _about_time(entry)
    if inside and entry.type in _INSIDE_EVENTS:
        return Line(f"{_INSIDE_EVENTS[entry.type]}{entry.title}", entry.at, "", entry.office, "done")
    return None


_INSIDE_EVENTS: Mapping[str, Any] = {
    "task_claimed": _l("领取任务："),
    "task_released": _l("退回任务："),
    "timer_fired": _l("到期提醒"),
    "incident_retried": _l("督查人员要求重试"),
    "message_delivered": _l("登记外部消息"),
    "point_marked": _l("标记问题："),
    "point_unmarked": _l("取消标记："),
    "letter_delivered": _l("送达文书："),
    "inspectors_named": _l("派出踏勘人员"),
    "inspector_left": _l("调整踏勘人员"),
    "recheck_planned": _l("安排复查"),
    "expert_invited": _l("邀请专家："),
    "expert_opined": _l("专家提交意见："),
    "push_claimed": _l("监管部门认领："),
    "feedback_given": _l("监管反馈："),
}


# How a certificate went out; `act` of the entry says which.
_OF_HANDOUTS: Mapping[str, Any] = {
    "counter": _l("窗口发放证照"),
    "post_underway": _l("寄出证照"),
    "post": _l("邮寄送达证照"),
    "post_returned": _l("证照邮件退回"),
    "electronic": _l("电子证照送达"),
}


# What applicants do after filing, or fail to do: the words, and the state of the line.
_OF_APPLICANTS: Mapping[str, tuple[Any, str]] = {
    "withdrawn": (_l("撤回申请"), "done"),
    "commitment_withdrawn": (_l("撤回告知承诺"), "done"),
    "linked_started": (_l("开始办理"), "done"),
    "overtaken": (_l("许可已经终止，不再办理"), "done"),
    "certificate_changed": (_l("证照更新"), "done"),
    "later_handed_in": (_l("补交材料"), "done"),
    "later_lapsed": (_l("容缺材料逾期没有交，退回"), "bad"),
}


# The ways on which a message leaves the house.
CHANNEL: Mapping[str, Any] = {"console": _l("后台记录"), "smtp": _l("邮件"), "sms": _l("短信")}


_OF_HEARINGS: Mapping[str, Any] = {  # `title` of the entry is the item
    "hearing_offered": _l("告知可以要求听证"),
    "hearing_asked": _l("要求听证"),
    "hearing_declined": _l("不要求听证"),
    "hearing_called": _l("通知听证"),
    "hearing_held": _l("举行听证"),
    "hearing_cancelled": _l("取消听证"),
}


# Of pauses and extensions; `act` of the entry is the kind.
_OF_CLOCKS: Mapping[str, Any] = {
    "clock_paused": _l("暂停计时"),
    "clock_resumed": _l("恢复计时"),
}
_OF_APPROVALS: Mapping[str, Any] = {
    "approval_asked": _l("提请批准"),
    "approval_granted": _l("批准"),
    "approval_refused": _l("不批准"),
}
_APPROVED: Mapping[str, Any] = {"extension": _l("延长办理时限"), "second_correction": _l("再次要求补正")}


def _about_time(entry: Entry) -> Line:
    if entry.type in _OF_CLOCKS:
        kind = KINDS[entry.act].name if entry.act in KINDS else entry.act
        title = f"{_OF_CLOCKS[entry.type]}：{kind}"
    else:
        title = f"{_OF_APPROVALS[entry.type]}：{_APPROVED.get(entry.act, entry.act)}"
    return Line(title, entry.at, entry.title, entry.office, "done")


def _waiting(task: Waits) -> Line:
    day = format_datetime(task.due_at, "y年M月d日") if task.due_at else ""
    if task.act == WAIT:
        return Line(task.title, None, _("等到 %(day)s，之后自动进入下一步", day=day), "", "active")
    text = _("应于 %(day)s 前办完", day=day) if day else ""
    return Line(task.title, None, text, task.office, "active")
