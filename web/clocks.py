"""A case's clocks as a page explains them: a sentence, the lines of the ledger, and the weeks they run in."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import current_app, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from engine.clock.explain import Explained, ExplainedLine, LetterNamed
from engine.days import Calendar
from engine.pauses import KINDS
from web.lights import Lamp, lamp_of

STRIP_WEEKS = 20  # a longer stretch is no help to look at
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Square:
    """One day of the strip: its number, what it is (a class of the style sheet), and that in a word."""

    day: date
    kind: str
    word: str


@dataclass(frozen=True)
class Shown:
    """A clock as the page shows it; `weeks` is empty where the stretch is too long to draw."""

    clock: Explained
    lamp: Lamp
    sentence: str
    weeks: tuple[tuple[Square, ...], ...]

    @property
    def eventful(self) -> bool:
        """Whether more happened than the sentence alone makes plain."""
        return any(line.entry in ("pause", "resume", "extend") for line in self.clock.lines)


@dataclass(frozen=True)
class Group:
    """The clocks of one item, or of the case as a whole (`item` '')."""

    item: str
    name: str
    clocks: tuple[Shown, ...]


def groups(found: Iterable[Explained], calendar: Calendar, today: date) -> list[Group]:
    """The clocks of a case, those of the whole first, then item by item."""
    return [
        Group(item, own[0].item_name, tuple(_shown(each, calendar, today) for each in own))
        for item, each_ in groupby(found, lambda clock: clock.item)
        if (own := list(each_))
    ]


def letter_href(endpoint: str, number: str) -> Callable[[LetterNamed], str | None]:
    """Where a letter of this case can be read, once there is such a page."""

    def href(letter: LetterNamed) -> str | None:
        known = endpoint in current_app.view_functions
        return url_for(endpoint, number=number, letter=letter.id) if known else None

    return href


def _shown(clock: Explained, calendar: Calendar, today: date) -> Shown:
    state = clock.state
    lamp = lamp_of(state.state, state.due_on, state.yellow_from, today, calendar)
    return Shown(clock, lamp, sentence(clock), strip(clock, calendar, today))


def sentence(clock: Explained) -> str:
    """How the date comes about, in one sentence."""
    state = clock.state
    parts = [
        _("%(name)s %(n)s 个工作日", name=_limit(clock.clock), n=state.allowed)
        if state.allowed
        else _("%(name)s当场办结", name=_limit(clock.clock))
    ]
    if state.extended:
        parts.append(_("经批准延长 %(n)s 个工作日", n=state.extended))
    if state.allowed or state.extended:
        parts.append(_("从 %(day)s 起算（当天不算）", day=short(state.started_on)))
    parts += _left_out(clock.lines)
    told = str(_("，")).join(map(str, parts))
    if state.stopped_on is not None:
        return str(
            _(
                "%(day)s 停止计时，用了 %(n)s 个工作日：%(told)s。",
                day=short(state.stopped_on),
                n=state.used,
                told=told,
            )
        )
    day = short(state.due_on)
    if clock.clock == "receipt":
        return str(_("最晚 %(day)s 答复是否受理：%(told)s。到期没有答复的，视为受理。", day=day, told=told))
    if state.state == "paused":
        return str(_("现在暂停计时，按预计天数推算，最晚 %(day)s 办完：%(told)s。", day=day, told=told))
    return str(_("预计最晚 %(day)s 办完：%(told)s。", day=day, told=told))


def short(day: date) -> str:
    """A date as it is spoken: 12月3日, with the year when that is not plain."""
    return str(format_date(day, "y年M月d日"))


def _limit(clock: str) -> str:
    return str({"statutory": _("法定"), "receipt": _("法定")}.get(clock, _("承诺")))


def _left_out(lines: Sequence[ExplainedLine]) -> list[str]:
    """Each pause with the working days that it took, or is expected to take while it lasts."""
    words = []
    for begun, ended in _pauses(lines):
        name = KINDS[begun.kind].name if begun.kind in KINDS else begun.kind
        if ended is None:
            words.append(_("%(name)s进行中（预计 %(n)s 个工作日，不计入）", name=name, n=begun.days or 0))
        elif ended.days:
            words.append(_("扣除%(name)s %(n)s 个工作日", name=name, n=ended.days))
    return words


def _pauses(lines: Sequence[ExplainedLine]) -> list[tuple[ExplainedLine, ExplainedLine | None]]:
    """Each pause with the line that ended it, if one did."""
    found: list[tuple[ExplainedLine, ExplainedLine | None]] = []
    for line in lines:
        if line.entry == "pause":
            found.append((line, None))
        elif line.entry in ("resume", "stop"):
            found = [
                (begun, line) if ended is None and _ends(line, begun) else (begun, ended)
                for begun, ended in found
            ]
    return found


def _ends(line: ExplainedLine, begun: ExplainedLine) -> bool:
    return line.entry == "stop" or (line.kind, line.about) == (begun.kind, begun.about)


def strip(clock: Explained, calendar: Calendar, today: date) -> tuple[tuple[Square, ...], ...]:
    """The weeks from the start to the due date, Monday to Sunday, each day with what it is."""
    state = clock.state
    last = max(state.stopped_on or state.due_on, min(today, state.due_on + timedelta(weeks=2)))
    first = state.started_on - timedelta(days=state.started_on.weekday())
    weeks = ((last - first).days // 7) + 1
    if weeks > STRIP_WEEKS:
        return ()
    out = [
        (
            begun.day,
            ended.day if ended else max(today, calendar.add_working_days(begun.day, begun.days or 0)),
        )
        for begun, ended in _pauses(clock.lines)
    ]
    days = (first + _DAY * number for number in range(weeks * 7))
    squares = [_square(day, clock, calendar, out, today) for day in days]
    return tuple(tuple(squares[number : number + 7]) for number in range(0, len(squares), 7))


def _square(
    day: date, clock: Explained, calendar: Calendar, out: Sequence[tuple[date, date]], today: date
) -> Square:
    state = clock.state
    kind, word = _what(day, clock, calendar, out)
    if day == today and state.state != "stopped":
        return Square(day, f"{kind} op-today", str(_("今天，%(word)s", word=word)))
    return Square(day, kind, word)


def _what(
    day: date, clock: Explained, calendar: Calendar, out: Sequence[tuple[date, date]]
) -> tuple[str, str]:
    state = clock.state
    if day == state.started_on:
        return "op-day-start", str(_("起算日"))
    if day == (state.stopped_on or state.due_on):
        return "op-day-due", str(_("停止计时") if state.stopped_on else _("到期日"))
    if day < state.started_on or day > (state.stopped_on or state.due_on):
        return "op-day-outside", str(_("不在时限内"))
    if not calendar.is_working(day):
        return "op-day-rest", str(_("休息日，不计"))
    if any(begun < day <= ended for begun, ended in out):
        return "op-day-paused", str(_("暂停，不计"))
    return "op-day-counts", str(_("工作日，计入"))
