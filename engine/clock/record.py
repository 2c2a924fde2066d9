"""Enters in the ledger what a happening does to the clocks of a case."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from engine.cases import Case
from engine.catalogue import Catalogue, Item
from engine.catalogue.combined import DEFAULT_RULE, committed_days
from engine.clock.calendar import hold
from engine.clock.ledger import BUNDLE, COMMITTED, RECEIPT, STATUTORY, WARN_DAYS, Key
from engine.clock.lights import compute_case
from engine.clock.pen import Pen, Why
from engine.clock.rows import add_entries, read_entries
from engine.days import local_day, working_days_between
from engine.facts import received_at
from engine.happenings import Happened
from engine.letters.write import Letter
from engine.limits import RECEIPT_DAYS
from engine.pauses import HEARING, KINDS, RECTIFICATION
from engine.promised import as_promised, promised_days

HEARING_DAYS = 20  # 行政许可法第四十七条: held within twenty days of being asked for
PERMIT = "行政许可"
ACT = "《中华人民共和国行政许可法》"
RECEIVED = f"{ACT}第三十二条"
LIMIT = f"{ACT}第四十二条"
Rule = Callable[[Pen, Happened], None]


def record(db: Connection, happened: Happened, letters: Sequence[Letter], now: datetime) -> None:
    """Add to the ledger the entries that follow from `happened`; `letters` are those just written.

    What follows a case later (a check, a revocation) has no clocks of its own: its tasks have their dates.
    """
    rule = _RULES.get(happened.kind)
    if rule is None or happened.case.process:
        return
    hold(db)
    today = local_day(now)
    pen = Pen(read_entries(db, happened.case.id), letters, happened.actor, today)
    rule(pen, happened)
    if pen.written:
        add_entries(db, happened.case.id, pen.written, now)
        compute_case(db, happened.case.id, today)


def _submitted(pen: Pen, happened: Happened) -> None:
    _start_receipt(pen, happened, "收到申请，五个工作日内答复是否受理")


def _corrected(pen: Pen, happened: Happened) -> None:
    _start_receipt(pen, happened, "收到补正材料，重新计算五个工作日")


def _start_receipt(pen: Pen, happened: Happened, reason: str) -> None:
    warn = _warn_days(_catalogue(happened), happened.case)
    pen.start(Key(RECEIPT), RECEIPT_DAYS, warn, Why(reason, RECEIVED))


def _correction_asked(pen: Pen, _happened: Happened) -> None:
    pen.stop([Key(RECEIPT)], Why("已一次性告知需要补正的全部内容，等待申请人补正", RECEIVED))


def _accepted(pen: Pen, happened: Happened) -> None:
    """Silence counts from the day of receipt (行政许可法第三十二条), a clerk from when they say so."""
    case, catalogue = happened.case, _catalogue(happened)
    silent = happened.values.get("silent") is True
    on = local_day(received_at(case)) if silent else pen.today
    reason = "逾期没有答复，自收到申请之日起即为受理" if silent else "已经受理"
    warn = _warn_days(catalogue, case)
    pen.stop([Key(RECEIPT)], Why(reason, RECEIVED))
    items = [as_promised(case, catalogue.item(name)) for name in _items(happened)]
    promised = promised_days(case, items)
    for item in items:
        law = LIMIT if item.kind == PERMIT else "".join(map(str, item.basis[:1]))
        # what the law wants on the spot is done with the rest, as the applicant asked for all at once
        by_law = item.statutory_days or promised[item.id]
        pen.start(Key(STATUTORY, item.id), by_law, warn, Why(reason, law), on)
        says = f"{reason}，各事项一并办理，承诺比法定时限更早办完"
        pen.start(Key(COMMITTED, item.id), promised[item.id], warn, Why(says), on)
    rule = str(catalogue.settings(case.region).get("combined_limit", DEFAULT_RULE))
    days = committed_days(items, rule, catalogue.industry.fixed_days)
    pen.start(Key(BUNDLE), days, warn, Why(f"{reason}，各事项一并办理"), on)


def _commitment_withdrawn(pen: Pen, happened: Happened) -> None:
    """What was to be decided at once is examined after all: its promised days begin anew, the law's go on."""
    catalogue = _catalogue(happened)
    running = [key.item for key in pen.running() if key.clock == COMMITTED]
    if not running:
        return  # not accepted yet: what runs then is the clock of receipt alone
    days = promised_days(happened.case, [catalogue.item(item) for item in running])
    for item in (name for name in happened.items if name in days):
        why = Why("申请人撤回承诺，改按一般程序办理")
        pen.stop([Key(COMMITTED, item)], why)
        pen.start(Key(COMMITTED, item), days[item], _warn_days(catalogue, happened.case), why)


def _decided(pen: Pen, happened: Happened) -> None:
    pen.stop_items(_items(happened), Why("已经作出决定"))


def _not_accepted(pen: Pen, happened: Happened) -> None:
    why = Why("不予受理", RECEIVED)
    pen.stop([Key(RECEIPT)], why)
    pen.stop_items(_items(happened), why)


def _over(reason: str) -> Rule:
    """A rule for what ends items without a decision; with the last one of a case, or none named, all ends."""

    def rule(pen: Pen, happened: Happened) -> None:
        pen.stop_items(_items(happened), Why(reason))
        if not happened.items or all(each.outcome for each in happened.case.items.values()):
            pen.stop([Key(RECEIPT), Key(BUNDLE)], Why(reason))

    return rule


def _rectification_asked(pen: Pen, happened: Happened) -> None:
    """Time to put right what failed is left out where the region's own rules say so (see engine.pauses)."""
    due = date.fromisoformat(str(happened.values["due_on"]))
    kind = KINDS[RECTIFICATION]
    if RECTIFICATION in _local_pauses(happened):
        days = working_days_between(pen.today, due)
        pen.pause(_items(happened), kind.id, days, Why("踏勘发现的问题要整改", kind.law))


def _rectified(pen: Pen, happened: Happened) -> None:
    law = KINDS[RECTIFICATION].law
    over = "整改期满" if happened.kind == "rectification_lapsed" else "申请人已经整改"
    pen.resume(_items(happened), RECTIFICATION, Why(over, law))


def _paused(pen: Pen, happened: Happened) -> None:
    kind, values = str(happened.values["kind"]), happened.values
    if KINDS[kind].statutory or kind in _local_pauses(happened):
        pen.pause(_items(happened), kind, _whole(values.get("days")), _why(values))


def _resumed(pen: Pen, happened: Happened) -> None:
    pen.resume(_items(happened), str(happened.values["kind"]), _why(happened.values))


def _hearing(pen: Pen, happened: Happened) -> None:
    """A hearing takes no time of the limit from when it is asked for, or called where the law wants one."""
    for name in _items(happened):
        days = _hearing_days(_catalogue(happened).item(name), pen.today)
        pen.pause([name], HEARING, days, Why("组织听证", KINDS[HEARING].law))


def _hearing_over(pen: Pen, happened: Happened) -> None:
    pen.resume(_items(happened), HEARING, Why("听证已经结束", KINDS[HEARING].law))


def _extended(pen: Pen, happened: Happened) -> None:
    pen.extend(_items(happened), _whole(happened.values.get("days")) or 0, _why(happened.values, LIMIT))


def _hearing_days(item: Item, today: date) -> int:
    """How long the item's own entry says a hearing takes, in working days."""
    for special in item.special:
        if special.name == KINDS[HEARING].name and special.days is not None:
            if special.unit == "calendar_day":
                return working_days_between(today, date.fromordinal(today.toordinal() + special.days))
            return special.days
    return HEARING_DAYS


def _catalogue(happened: Happened) -> Catalogue:
    return happened.deployment.catalogue_on(happened.case.filed_on)


def _local_pauses(happened: Happened) -> Collection[object]:
    local = _catalogue(happened).settings(happened.case.region).get("local_pauses")
    return local if isinstance(local, list) else ()


def _items(happened: Happened) -> tuple[str, ...]:
    return happened.items or tuple(sorted(happened.case.items))


def _warn_days(catalogue: Catalogue, case: Case) -> int:
    found = _whole(catalogue.settings(case.region).get("warn_days"))
    return WARN_DAYS if found is None else found


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _why(values: Mapping[str, object], law: str = "") -> Why:
    return Why(str(values.get("reason") or ""), str(values.get("law") or law))


_RULES: Mapping[str, Rule] = {
    "submitted": _submitted,
    "accepted": _accepted,
    "not_accepted": _not_accepted,
    "correction_asked": _correction_asked,
    "corrected": _corrected,
    "correction_lapsed": _over("逾期没有补正，视为撤回"),
    "rectification_asked": _rectification_asked,
    "rectified": _rectified,
    "rectification_lapsed": _rectified,
    "paused": _paused,
    "resumed": _resumed,
    "extended": _extended,
    "hearing_asked": _hearing,
    "hearing_called": _hearing,
    "hearing_held": _hearing_over,
    "hearing_declined": _hearing_over,
    "commitment_withdrawn": _commitment_withdrawn,
    "granted": _decided,
    "refused": _decided,
    "later_lapsed": _over("逾期没有补交材料，退回"),
    "withdrawn": _over("申请人撤回"),
    "ended": _over("办件已经结束"),
}
