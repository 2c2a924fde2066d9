"""Calling and holding a hearing by the rules that are the same whether the law or the applicant wants it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from engine.cases import Case
from engine.clock.calendar import read_calendar
from engine.days import Calendar, local_day
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.hearings.acts import moment_of, refuse_unsigned
from engine.hearings.chair import chair_of
from engine.hearings.hearing import CALLED, HELD, Hearing, change
from engine.hearings.times import NOTICE, Window, window
from engine.said import Values


@dataclass(frozen=True)
class Called:
    """When, where and under whom a hearing is to be held."""

    moment: datetime
    place: str
    chair: str
    chair_id: int | None
    calendar: Calendar

    def told(self, now: datetime) -> dict[str, object]:
        """What the letter says; `days` are the working days from `now` until the hearing."""
        return {
            "takes_place_at": self.moment.isoformat(),
            "place": self.place,
            "chair": self.chair,
            "days": self.calendar.working_days_between(local_day(now), local_day(self.moment)),
        }


@dataclass(frozen=True)
class Held:
    """What came of a hearing: its form is the signed minutes."""

    chair: str
    chair_id: int | None
    form: Values

    def told(self) -> dict[str, object]:
        """What the letter says."""
        return {
            "held_on": self.form["held_on"],
            "chair": self.chair,
            "conclusion": self.form["conclusion"],
        }


def calendar_for(db: Connection, case: Case, deployment: Deployment, item: str) -> Calendar:
    """The calendar of the place whose office decides the item."""
    return read_calendar(db, deployment.catalogue_on(case.filed_on).region_for(item, case.region))


def called(
    db: Connection,
    case: Case,
    deployment: Deployment,
    item: str,
    values: Values,
    *,
    since: date,
    now: datetime,
) -> Called:
    """What a filled in notice says; Invalid at `day` outside the legal days, at `chair` for an examiner.

    `since` is the day on which it was asked for, or on which the law's own became due.
    """
    moment, calendar = moment_of(values), calendar_for(db, case, deployment, item)
    _refuse_day(local_day(moment), window(since, local_day(now), calendar))
    chair, chair_id = chair_of(db, case.id, item, values)
    return Called(moment, str(values["place"]), chair, chair_id, calendar)


def held(db: Connection, hearing: Hearing, values: Values) -> Held:
    """What filled in minutes say; Invalid before the day that was told, and on another one without words."""
    refuse_unsigned(values)
    assert hearing.takes_place_at is not None
    on, told = date.fromisoformat(str(values["held_on"])), local_day(hearing.takes_place_at)
    if on < told:
        raise Invalid({"held_on": f"通知的听证日期是{told}，不能提前举行，请核对。"})
    if on > told and not values.get("postponed"):
        raise Invalid({"postponed": f"听证没有在通知的{told}举行，请写明改期的原因和怎样通知的。"})
    chair, chair_id = chair_of(db, hearing.case_id, hearing.item, values)
    return Held(chair, chair_id, values)


def note_called(called: Called, now: datetime) -> Mapping[str, object]:
    """The columns of a hearing that was called just now."""
    return {
        "state": CALLED,
        "place": called.place,
        "chair": called.chair,
        "chair_id": called.chair_id,
        "called_at": now,
        "takes_place_at": called.moment,
    }


def note_held(db: Connection, hearing: Hearing, held: Held, now: datetime) -> None:
    """Keep the minutes with the hearing; from now on nobody changes them."""
    own = {"chair": held.chair, "chair_id": held.chair_id, "minutes": dict(held.form)}
    change(db, hearing.id, state=HELD, held_at=now, **own)


def _refuse_day(day: date, days: Window) -> None:
    if day < days.first:
        raise Invalid({"day": f"要提前{NOTICE}日通知，听证最早可以定在{days.first}，请另选一天。"})
    if day > days.last and days.late:
        raise Invalid({"day": f"已经过了法定的二十个工作日，请定在最早的一天：{days.last}。"})
    if day > days.last:
        raise Invalid({"day": f"要在二十个工作日内举行，最晚是{days.last}，请另选一天。"})
