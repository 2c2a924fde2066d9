"""The lamp of a clock as a page shows it: a word that says days, a tone and a sign, never colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_date
from flask_babel import gettext as _

from engine.days import Calendar, local_day
from engine.queries.lights import RECEIPT, Light


@dataclass(frozen=True)
class Lamp:
    """What the macro `lamp` shows; `tone` is one of the tag's: plain, good, warn, bad, paused."""

    word: str
    tone: str
    sign: str


def lamp(light: Light | None, now: datetime) -> Lamp:
    """The lamp of a clock at `now`; grey where none runs."""
    if light is None:
        return Lamp(_("不计时"), "plain", "dot")
    return lamp_of(light.state, light.due_on, light.yellow_from, local_day(now), light.calendar)


def lamp_of(state: str, due_on: date, yellow_from: date, today: date, calendar: Calendar) -> Lamp:
    """The same for a clock in this state: green, yellow from its day on, red when over, blue while paused."""
    if state == "stopped":
        return Lamp(_("已停止计时"), "plain", "check")
    if state == "paused":
        return Lamp(_("计时暂停"), "paused", "pause")
    left = calendar.working_days_between(today, due_on)
    if today > due_on:
        return Lamp(_("已超期 %(n)s 个工作日", n=max(1, -left)), "bad", "alert")
    if today == due_on:
        return Lamp(_("今日到期"), "warn", "clock")
    near = today >= yellow_from
    return Lamp(_("还剩 %(n)s 个工作日", n=left), "warn" if near else "good", "clock")


def today(now: datetime) -> date:
    """The day that it is here at `now`."""
    return local_day(now)


def expected(light: Light | None, committed_on: date, beside: Sequence[str]) -> str:
    """Until when a case is expected to be done, as the clocks stand; before acceptance what was promised."""
    if light is None or light.clock == RECEIPT:
        return _without(_day(committed_on), beside)
    if light.paused:
        return str(_("%(day)s（计时暂停，暂按预计天数推算）", day=_day(light.due_on)))
    if light.provisional:
        return str(_("%(day)s（节假日安排公布后可能变动）", day=_day(light.due_on)))
    return _without(_day(light.due_on), beside)


def _without(day: str, beside: Sequence[str]) -> str:
    return str(_("%(day)s（不含%(steps)s的时间）", day=day, steps="、".join(beside))) if beside else day


def _day(day: date) -> str:
    return str(format_date(day, "y年M月d日"))
