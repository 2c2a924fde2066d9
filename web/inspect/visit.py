"""The page of one visit; without scripts a plain form, with them what the phone keeps and sends by itself."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.inspections.fold import POINT
from engine.inspections.noting import REFUSED, Answer, note
from engine.inspections.view import PointView
from engine.people import User
from web.database import act
from web.inspect.frame import frame
from web.inspect.offline import INSPECTING
from web.inspect.state import VisitPage, signature, state_of, visit_for
from web.login import for_roles, person

blueprint = Blueprint("inspect_visit", __name__)
Page = Response | tuple[str, int]


@dataclass(frozen=True)
class Typed:
    """What was typed into the plain form and did not pass: results and words by point, and what is wrong."""

    results: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@blueprint.get("/inspect/<int:inspection>")
@for_roles(*INSPECTING)
def show(inspection: int) -> str:
    """The place, the team, one's own part of the checklist, what the others found, the signatures."""
    return visit_page(visit_for(person(), inspection), Typed())


@blueprint.post("/inspect/<int:inspection>")
@for_roles(*INSPECTING)
def save(inspection: int) -> Page:
    """Keep what the plain form says about one's points; what does not pass is shown again, the rest kept."""
    page, now = visit_for(person(), inspection), datetime.now(UTC)
    entries = [each for point in page.view.points if (each := _entry(page, point, now)) is not None]
    answers = act(
        lambda db: note(
            db,
            user=page.user,
            inspection=inspection,
            device=device_of_page(page.user),
            sent_at=now,
            entries=entries,
            now=now,
        )
    )
    if any(each.state == REFUSED for each in answers):
        wrong = {str(e["subject"]): a for e, a in zip(entries, answers, strict=True) if a.state == REFUSED}
        return visit_page(visit_for(person(), inspection), _typed(wrong)), 422
    flash(_("已保存 %(n)s 项。", n=len(entries)) if entries else _("没有改动。"))
    return redirect(url_for("inspect_visit.show", inspection=inspection), code=303)


def device_of_page(user: User) -> str:
    """What stands for the phone where a plain form sends: all forms of a person are one."""
    return f"page-{user.id:08}"


def visit_page(page: VisitPage, typed: Typed) -> str:
    """The page, with what was typed and did not pass."""
    keep = [url_for("inspect_visit.show", inspection=page.id)]
    return render_template(
        "inspect/visit.html",
        page=page,
        state=state_of(page),
        typed=typed,
        errors={f"words-{each}" if each else "photo-of-place": says for each, says in typed.errors.items()},
        signature=signature,
        frame=frame("visit", keep),
    )


def _entry(page: VisitPage, point: PointView, now: datetime) -> dict[str, object] | None:
    """What the form says of one point, if it is there and differs from what is kept."""
    id = point.point.id
    result, words = request.form.get(f"result-{id}", ""), request.form.get(f"words-{id}", "").strip()
    kept = page.mine(point)
    if not (result or words) or (kept is not None and (kept.result, kept.words) == (result, words)):
        return None
    edit = page.edit + 1
    said = "\n".join((str(page.id), str(page.user.id), id, str(edit), result, words))
    return {
        "id": hashlib.sha256(said.encode()).hexdigest()[:32],  # the same form sent twice is the same entry
        "kind": POINT,
        "subject": id,
        "edit": edit,
        "body": {"result": result, "words": words},
        "noted_at": now.isoformat(),
    }


def _typed(wrong: Mapping[str, Answer]) -> Typed:
    return Typed(
        results={point: request.form.get(f"result-{point}", "") for point in wrong},
        words={point: request.form.get(f"words-{point}", "") for point in wrong},
        errors={point: f"{answer.says}{answer.do}" for point, answer in wrong.items()},
    )
