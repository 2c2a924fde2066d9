"""The end of a visit: what was found of each item, what is still lacking, and closing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, render_template

from engine.inspections.view import PointView
from engine.inspections.wanting import wanting
from web.inspect.frame import frame
from web.inspect.offline import INSPECTING
from web.inspect.state import VisitPage, visit_for
from web.login import for_roles, person

blueprint = Blueprint("inspect_summary", __name__)
ORDER = ("fail", "", "pass")


@dataclass(frozen=True)
class ItemFound:
    """What the visit came to for one item: fail, pass, or '' while points of it are open."""

    item: str
    name: str
    result: str
    failed: tuple[PointView, ...]
    open: tuple[PointView, ...]


@blueprint.get("/inspect/<int:inspection>/summary")
@for_roles(*INSPECTING)
def show(inspection: int) -> str:
    """Item by item, what failed first."""
    return summary_page(visit_for(person(), inspection), {}, {})


def summary_page(page: VisitPage, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    """The summary, with what was typed into its form and what is wrong with it."""
    return render_template(
        "inspect/summary.html",
        page=page,
        found=found_by_item(page),
        lacks=wanting(page.view) if page.is_open else (),
        typed=typed,
        errors=errors,
        now=datetime.now(UTC),
        frame=frame("summary"),
    )


def found_by_item(page: VisitPage) -> list[ItemFound]:
    """Each item with its failed and its open points; those that failed come first."""
    items = [
        _found(item, name, [each for each in page.view.points if item in each.point.items])
        for item, name in page.view.item_names.items()
    ]
    return sorted(items, key=lambda each: ORDER.index(each.result))


def _found(item: str, name: str, points: list[PointView]) -> ItemFound:
    failed = tuple(each for each in points if each.result == "fail")
    left = tuple(each for each in points if not each.result)
    return ItemFound(item, name, "fail" if failed else "" if left else "pass", failed, left)
