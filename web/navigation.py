"""Say which entries the navigation shows to whom, in which order."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l

EVERYONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Entry:
    """One entry: a label for the endpoint's page, for people with any of `roles` (none named: everybody)."""

    endpoint: str
    label: str
    roles: frozenset[str] = EVERYONE


ENTRIES = (
    Entry("home.show", _l("首页")),
    Entry("industries.list_all", _l("办事指南")),
    Entry("track.ask", _l("查进度")),
    Entry("verify.ask", _l("证照核验")),
    Entry("my.home", _l("我的办件"), frozenset({"applicant"})),
    Entry("tasks.mine", _l("待办任务"), frozenset({"window", "clerk", "inspector"})),
    Entry("inspect_list.show", _l("踏勘"), frozenset({"inspector", "clerk"})),
    Entry("approvals.list_open", _l("待批事项"), frozenset({"head"})),
    Entry("regulator.list_new", _l("审管联动"), frozenset({"regulator"})),
    Entry("supervised.search", _l("查找证照"), frozenset({"regulator"})),
    Entry("verify_offline.show", _l("现场核验"), frozenset({"inspector", "regulator"})),
    Entry("handouts.list_waiting", _l("证照发放"), frozenset({"window"})),
    Entry("incidents.list_open", _l("异常督办"), frozenset({"supervisor"})),
    Entry("supervision.show", _l("部门督办"), frozenset({"supervisor"})),
    Entry("design.show", _l("流程设计"), frozenset({"designer"})),
    Entry("system.show", _l("系统状态"), frozenset({"administrator"})),
    Entry("calendar.show", _l("工作日历"), frozenset({"administrator"})),
    Entry(
        "manuals.list_all",
        _l("操作手册"),
        frozenset(
            {"window", "clerk", "inspector", "head", "regulator", "supervisor", "designer", "administrator"}
        ),
    ),
    Entry("help.show", _l("帮助")),
)


def entries_for(roles: frozenset[str]) -> list[dict[str, object]]:
    """What a person with these roles sees: {href, label, current}; entries without a page are left out."""
    return [
        {"href": url_for(entry.endpoint), "label": entry.label, "current": _is_current(entry.endpoint)}
        for entry in ENTRIES
        if entry.endpoint in current_app.view_functions and _is_for(entry, roles)
    ]


def _is_for(entry: Entry, roles: frozenset[str]) -> bool:
    """Those who have pages of their own reach the front page by the site's name; so one line fits a phone."""
    if entry is ENTRIES[0]:
        return not roles
    return not entry.roles or bool(entry.roles & roles)


def first_page(roles: frozenset[str]) -> str:
    """Where somebody with these roles lands after signing in: the first entry of their own, else home."""
    own = (e for e in ENTRIES if e.roles & roles and e.endpoint in current_app.view_functions)
    return url_for(next((entry.endpoint for entry in own), "home.show"))


def _is_current(endpoint: str) -> bool:
    """A page belongs to the entry whose blueprint answers it."""
    return request.blueprint == endpoint.partition(".")[0]
