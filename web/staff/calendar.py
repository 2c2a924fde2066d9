"""The administrator's working calendar: a year at a glance, days laid down, years declared complete."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from engine.clock.calendar import COUNTRY, FIRST, LAST
from engine.commands.calendar import ROLE, declare_year, remove_calendar_day, set_calendar_day
from engine.days import local_day
from engine.deployments import current, industries
from engine.errors import Invalid, NotFound
from engine.queries.calendar import HOLIDAY, LAID_DOWN, MAKE_UP, RESTS, WORKS, Day, year_of
from web.database import act, reading
from web.login import for_roles, person

blueprint = Blueprint("calendar", __name__)
Answer = Response | tuple[str, int]
# Kind of day → its class in the style sheet and its word.
KINDS = {
    WORKS: ("op-day-works", _l("工作日")),
    RESTS: ("op-day-rest", _l("休息日")),
    HOLIDAY: ("op-day-holiday", _l("放假")),
    MAKE_UP: ("op-day-makeup", _l("调休上班")),
    LAID_DOWN: ("op-day-local", _l("单独规定")),
}


@blueprint.get("/admin/calendar")
@for_roles(ROLE)
def show() -> str:
    """The year and region that the address names: this year and the whole country without."""
    return _page(_year(request.args.get("year", "")), request.args.get("region", COUNTRY), {})


@blueprint.post("/admin/calendar/days")
@for_roles(ROLE)
def set_day() -> Answer:
    """Lay down whether offices work on a day."""
    form, year, region = request.form, _year(request.form.get("year", "")), _known(request.form)
    day, works = _date(form.get("day", "")), form.get("works", "")
    if day is None or works not in ("yes", "no"):
        errors = {} if day else {"day": _("请填写日期。")}
        return _page(year, region, errors | ({} if works else {"works": _("请选择上班还是休息。")})), 422

    def command(db: Connection) -> int:
        return set_calendar_day(
            db,
            user=person(),
            region=region,
            day=day,
            works=works == "yes",
            reason=form.get("reason", ""),
            now=datetime.now(UTC),
        )

    return _carry_out(command, day.year, region)


@blueprint.post("/admin/calendar/days/remove")
@for_roles(ROLE)
def remove_day() -> Answer:
    """Take back what was laid down for a day."""
    region, day = _known(request.form), _date(request.form.get("day", ""))
    if day is None:
        raise NotFound
    now = datetime.now(UTC)
    return _carry_out(
        lambda db: remove_calendar_day(db, user=person(), region=region, day=day, now=now), day.year, region
    )


@blueprint.post("/admin/calendar/years")
@for_roles(ROLE)
def declare() -> Answer:
    """Declare that all days of a year are known."""
    year, source = _year(request.form.get("year", "")), request.form.get("source", "")
    if str(year) != request.form.get("year"):
        raise NotFound("没有这一年。", "请从列表中选择年份。")
    now = datetime.now(UTC)
    return _carry_out(
        lambda db: declare_year(db, user=person(), year=year, source=source, now=now),
        year,
        _known(request.form),
    )


def _carry_out(command: Callable[[Connection], int], year: int, region: str) -> Answer:
    try:
        changed = act(command)
    except Invalid as invalid:
        return _page(year, region, invalid.errors), 422
    flash(_("已保存，重新计算了 %(n)s 个正在走的时限。", n=changed))
    return redirect(url_for("calendar.show", year=year, region=region or None), code=303)


def _page(year: int, region: str, errors: Mapping[str, str]) -> str:
    with reading() as db:
        regions = _regions(db)
        if region not in regions:
            raise NotFound("没有这个区划。", "请从列表中选择。")
        found = year_of(db, region, year)
    return render_template(
        "staff/calendar.html",
        year=year,
        first=FIRST.year,
        last=LAST.year,
        region=region,
        regions=regions,
        found=found,
        months=_months(found.days),
        kinds=KINDS,
        errors=errors,
        typed=request.form,
    )


def _months(days: Sequence[Day]) -> list[list[list[Day | None]]]:
    """The days by month, each in weeks from Monday to Sunday; None where another month's would stand."""
    months = []
    for _number, each in groupby(days, lambda day: day.day.month):
        own: list[Day | None] = list(each)
        assert own[0] is not None
        own = [*[None] * own[0].day.weekday(), *own]
        own += [None] * (-len(own) % 7)
        months.append([own[start : start + 7] for start in range(0, len(own), 7)])
    return months


def _regions(db: Connection) -> dict[str, str]:
    """Code → name of every region there are offices in, the whole country first."""
    cards = industries(db)
    known = current(db, cards[0].id).catalogue.regions if cards else {}
    return {COUNTRY: _("全国")} | {code: each.name for code, each in known.items()}


def _known(form: Mapping[str, str]) -> str:
    """The region of a form; NotFound for one that nobody offered."""
    with reading() as db:
        if (region := form.get("region", COUNTRY)) in _regions(db):
            return region
    raise NotFound("没有这个区划。", "请从列表中选择。")


def _year(text: str) -> int:
    """The year that was typed if the calendar reaches so far, else this one."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if FIRST.year <= year <= LAST.year else local_day(datetime.now(UTC)).year


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
