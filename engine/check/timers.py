"""Checks that every timer gives a date: when a step falls due, or when a wait of some days is over."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from engine.check.conditions import check_expression
from engine.check.scope import Known, Scope
from engine.diagram import Node
from engine.limits import DaysLater, HearingDays
from forms.expressions import CannotEvaluate, Expression, compile_expression
from forms.mistakes import Mistake, nearest

_WANTED = (
    '请用“时间点”（timeDate）：等一个环节到期，写 due["环节标识"]，那个环节要有时限 limit；'
    "等若干个自然日，写 days_later[天数]，如 days_later[10]；"
    '等到听证那天，写 hearing_days["事项标识"]；'
    "等补正、受理、核查后的整改、踏勘时间的答复或踏勘后的整改期满，"
    "写 correction_ends、receipt_ends、mend_ends、answers_end、rectification_ends；"
    "等许可有效期届满，写 term_ends。"
)
_SAMPLE_DAY = "2026-11-23T09:00:00+08:00"
MOMENTS = (  # the facts that are moments themselves
    "receipt_ends",
    "correction_ends",
    "mend_ends",
    "answers_end",
    "rectification_ends",
    "term_ends",
)


def check_timers(scope: Scope, known: Known) -> Iterator[Mistake]:
    """The timer of every event of the scope."""
    for node in scope.nodes.values():
        if node.event == "timer":
            yield from _timer(scope, node, known)


def _timer(scope: Scope, node: Node, known: Known) -> Iterator[Mistake]:
    if node.timed != "timeDate" or not node.timer:
        yield scope.mistake(
            "timer-no-date",
            node.id,
            f"计时器“{node.title}”没有写到期的时间点；时段和循环不会避开节假日。",
            _WANTED,
        )
        return
    found = list(check_expression(scope, node.id, node.timer, known))
    yield from found
    expression = None if found else compile_expression(node.timer)
    if expression and not _gives_date(expression, known.timed):
        unknown = sorted(expression.constants - known.timed)
        near = next(filter(None, (nearest(each, known.timed) for each in unknown)), "")
        yield scope.mistake(
            "timer-no-date", node.id, f"计时器“{node.title}”的“{node.timer}”给不出日期。", near + _WANTED
        )


def _gives_date(expression: Expression, timed: Iterable[str]) -> bool:
    """Tried with a due date for every step that has one; what depends on other facts too is believed."""
    sample = {
        "due": dict.fromkeys(timed, _SAMPLE_DAY),
        "days_later": DaysLater(datetime.fromisoformat(_SAMPLE_DAY)),
        "hearing_days": HearingDays({}, datetime.fromisoformat(_SAMPLE_DAY)),
        **dict.fromkeys(MOMENTS, _SAMPLE_DAY),
    }
    try:
        value = expression.evaluate(sample)
    except CannotEvaluate:
        return bool(expression.names & sample.keys()) and not expression.names <= sample.keys()
    return isinstance(value, str) and _is_date(value)


def _is_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
