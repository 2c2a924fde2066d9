"""What a diagram's conditions and timers may ask of a case: a view of its own rows, never task data."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from engine.cases import Case
from engine.limits import DaysLater, HearingDays, due_at, receipt_ends
from engine.points import failing, visited
from engine.workflow import Step

# Every name that a designer may write in a condition; the check and the docs read it from here.
MEANINGS: Mapping[str, str] = {
    "items": "本办件申请的事项（标识列表）",
    "accepted": "窗口是否受理",
    "opinions": "各事项的审查意见：agree 同意、disagree 不同意",
    "visit_needed": "是否有事项需要现场踏勘（审查不同意的除外）",
    "asked_offices": "要参加踏勘的各部门，各以它看的第一个事项代表（标识列表）",
    "answers_end": "答复踏勘时间的期限",
    "visit_again": "踏勘的时间有人不方便，要另外安排",
    "findings": "各事项的踏勘结果：pass 合格、fail 不合格",
    "rectification_needed": "是否有踏勘不合格、还没有决定的事项，要整改",
    "rectification_ends": "整改期满的时刻",
    "outcomes": "各事项的决定：granted 准予、refused 不予许可",
    "any_granted": "是否至少有一个准予的事项有证可发（只是阶段的事项不算）",
    "due": "各环节的到期时刻，按该环节的 limit（工作日）计算",
    "days_later": "从现在起若干个自然日期满的时刻，如公示十日",
    "hearing_days": "各事项举行听证的时刻，通知听证时定下",
    "answers": "申请人在导办中的回答，按问题标识",
    "receipt": "窗口怎样答复：accept 受理、correct 要补正、refuse 不予受理；没有答复时为空",
    "receipt_ends": "五日内不答复即为受理的那个时刻",
    "correction_ends": "补正期满的时刻",
    "asked_items": "要求补正的部门所审查的事项（标识列表），补正后请它们再看",
    "checked": "告知承诺核查的结果：kept 属实、mend 要整改、false 不实",
    "mend_ends": "整改期满的时刻",
    "revoked": "是否决定撤销",
    "to_examine": "证后办件里要由联审部门审查的事项（标识列表），其余的只由实施主体核对",
    "all_agreed": "证后办件的各事项是否全部同意（许可已经终止的不算）",
    "any_agreed": "证后办件的事项是否至少有一个同意",
    "term_ends": "延续的许可有效期届满的时刻：到时没有决定的视为准予延续",
}
NAMES = frozenset(MEANINGS)


def facts_of(case: Case, steps: Mapping[str, Step], now: datetime) -> dict[str, object]:
    """The facts of `case` as they stand, under the names of MEANINGS."""
    items = case.items.values()
    outcomes = {each.outcome for each in items}
    # Only these have a licence to print: an item that is a mere stage of another has no such step.
    licensed = {step.item for step in steps.values() if step.act == "license"}
    return {
        "items": sorted(case.items),
        "accepted": case.accepted is True,
        "opinions": Spoken(case, {i.item: i.opinion for i in items if i.opinion}),
        "visit_needed": bool(visited(case)),
        "asked_offices": case.words.get("asked_offices") or [],
        "answers_end": case.words.get("answers_end") or now.isoformat(),
        "visit_again": case.words.get("visit_again") is True and bool(visited(case)),
        "findings": Spoken(case, {i.item: i.finding for i in items if i.finding}),
        "rectification_needed": bool(failing(case)),
        "rectification_ends": case.words.get("rectification_ends") or now.isoformat(),
        "outcomes": Spoken(case, {i.item: i.outcome for i in items if i.outcome}),
        "any_granted": any(i.outcome == "granted" and i.item in licensed for i in items),
        "due": Due(steps, now),
        "days_later": DaysLater(now),
        "hearing_days": HearingDays(case.words.get("hearing_days"), now),
        "answers": case.guide,
        "receipt": case.words.get("receipt"),
        "receipt_ends": case.words.get("receipt_ends") or receipt_ends(received_at(case)).isoformat(),
        "correction_ends": case.words.get("correction_ends"),
        "asked_items": case.words.get("asked_items") or [],
        "checked": case.words.get("checked"),
        "mend_ends": case.words.get("mend_ends"),
        "revoked": case.words.get("revoked") is True,
        "to_examine": _still_open(case, case.words.get("to_examine")),
        "all_agreed": "granted" in outcomes and "refused" not in outcomes,
        "any_agreed": "granted" in outcomes,
        "term_ends": case.words.get("term_ends"),
    }


def _still_open(case: Case, items: object) -> list[str]:
    """Those of `items` about which the case has not ended."""
    named = items if isinstance(items, list) else []
    return [item for item in named if item in case.items and case.items[item].outcome is None]


class Spoken(dict[str, str]):
    """Item → the word said about it; None for an item of the case about which nothing was said.

    An item that was withdrawn is reviewed by nobody, and still its gateways are passed.
    """

    def __init__(self, case: Case, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self._items = case.items

    def __missing__(self, item: str) -> None:
        if item not in self._items:
            raise KeyError(item)


def received_at(case: Case) -> datetime:
    """When the application, or what was corrected in it, was received last."""
    found = case.words.get("received_at")
    return datetime.fromisoformat(found) if isinstance(found, str) else case.submitted_at


class Due(Mapping[str, str]):
    """Step id → ISO moment at which it falls due if it is entered now; computed only when a timer asks."""

    def __init__(self, steps: Mapping[str, Step], now: datetime) -> None:
        self._steps = steps
        self._now = now

    def __getitem__(self, step: str) -> str:
        moment = due_at(self._steps[step].limit, self._now)
        if moment is None:
            raise KeyError(step)
        return moment.isoformat()

    def __iter__(self) -> Iterator[str]:
        return (name for name, step in self._steps.items() if step.limit is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
