"""An inspector's list: today's visits by area and half day, those that are overdue, those to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import Blueprint, render_template, url_for

from engine.days import local_day
from engine.deployments import load
from engine.inspections.ahead import VisitAhead, visits_ahead
from engine.inspections.inspection import HELD, PAPER
from web.database import reading
from web.inspect.frame import frame
from web.inspect.offline import INSPECTING
from web.login import for_roles, person

blueprint = Blueprint("inspect_list", __name__)
MOST_KEPT = 30  # pages of visits that the phone keeps ahead


@dataclass(frozen=True)
class Area:
    """The visits of one region, in the order in which one would drive: by half day, then by address."""

    name: str
    visits: tuple[VisitAhead, ...]


@blueprint.get("/inspect")
@for_roles(*INSPECTING)
def show() -> str:
    """Today, overdue, coming; each opens without a network once this page was loaded."""
    today = local_day(datetime.now(UTC))
    with reading() as db:
        found = visits_ahead(db, person(), today)
        names = {
            code: region.name
            for each in {visit.deployment_id for visit in found}
            for code, region in load(db, each).catalogue.regions.items()
        }
    groups = {name: _by_area(those, names) for name, those in _grouped(found, today).items()}
    ahead = sorted((each for each in found if each.state != HELD), key=lambda each: not each.in_team)
    soon = ahead[:MOST_KEPT]
    keep = [url_for("inspect_visit.show", inspection=each.id) for each in soon]
    return render_template(
        "inspect/today.html", groups=groups, today=today, keeps=bool(soon), frame=frame("list", keep)
    )


def _grouped(found: Iterable[VisitAhead], today: date) -> dict[str, list[VisitAhead]]:
    groups: dict[str, list[VisitAhead]] = {"overdue": [], "today": [], "coming": [], "done": []}
    for visit in found:
        groups[_group_of(visit, today)].append(visit)
    return groups


def _group_of(visit: VisitAhead, today: date) -> str:
    if visit.state == HELD:
        return "done"
    if visit.kind == PAPER or visit.day == today:
        return "today"
    return "overdue" if visit.day and visit.day < today else "coming"


def _by_area(visits: Iterable[VisitAhead], names: Mapping[str, str]) -> list[Area]:
    areas: dict[str, list[VisitAhead]] = {}
    for visit in visits:
        areas.setdefault(names.get(visit.region, visit.region), []).append(visit)
    return [Area(name, tuple(those)) for name, those in areas.items()]
