"""The end of a visit: what was found of each item, what is still lacking, and closing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.errors import Invalid
from engine.inspections.closing import Closed, close
from engine.inspections.deadlines import usual_rectify_days
from engine.inspections.view import PointView
from engine.inspections.wanting import wanting
from web.database import act
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


@blueprint.post("/inspect/<int:inspection>/close")
@for_roles(*INSPECTING)
def finish(inspection: int) -> Response | tuple[str, int]:
    """End the visit; pressed twice, it answers the same. What is missing or wrong is said on the page."""
    user, now = person(), datetime.now(UTC)
    typed = {name: request.form.get(name, "").strip() for name in ("note", "recording", "rectify_days")}
    try:
        days = _days(typed["rectify_days"])
        closed = act(
            lambda db: close(
                db,
                user=user,
                inspection=inspection,
                note=typed["note"],
                recording=typed["recording"],
                rectify_days=days,
                now=now,
            )
        )
    except Invalid as invalid:
        return summary_page(visit_for(user, inspection), typed, invalid.errors), 422
    flash(_said(closed))
    return redirect(url_for("inspect_summary.show", inspection=inspection), code=303)


def _days(typed: str) -> int | None:
    """The working days as typed, None for the usual ones. Raises Invalid at `rectify_days`."""
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 3:
        raise Invalid({"rectify_days": _("整改期限请填工作日数，例如 10。")})
    return int(typed)


def _said(closed: Closed) -> str:
    if closed.failed:
        return str(_("踏勘已结束，有 %(n)s 个事项不合格。", n=len(closed.failed)))
    return str(_("踏勘已结束，全部合格。"))


def summary_page(page: VisitPage, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    """The summary, with what was typed into its form and what is wrong with it."""
    return render_template(
        "inspect/summary.html",
        page=page,
        found=found_by_item(page),
        lacks=wanting(page.view) if page.is_open else (),
        typed=typed,
        errors={name: words for name, words in errors.items() if not name.startswith("lacking")},
        usual_days=usual_rectify_days(page.settings),
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
