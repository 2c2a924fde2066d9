"""Signing without scripts: on paper, of which a photo is put into the visit."""

import hashlib
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.errors import Invalid
from engine.inspections.fold import PARTY, REFUSED, SIGNATURE, SIGNED
from engine.inspections.noting import note
from web.database import act
from web.inspect.offline import INSPECTING
from web.inspect.photos import keep_photo
from web.inspect.state import VisitPage, visit_for
from web.inspect.visit import Typed, device_of_page, visit_page
from web.login import for_roles, person

blueprint = Blueprint("inspect_paper", __name__)
KINDS = (SIGNATURE, PARTY)


@blueprint.post("/inspect/<int:inspection>/sign/<kind>")
@for_roles(*INSPECTING)
def sign(inspection: int, kind: str) -> Response | tuple[str, int]:
    """Keep the photo of the signed paper and the signature that it stands for; or that somebody refused."""
    page, now = visit_for(person(), inspection), datetime.now(UTC)
    try:
        _sign(page, kind if kind in KINDS else SIGNATURE, now)
    except Invalid as invalid:
        wrong = {f"{kind}-paper": "".join(invalid.errors.values())}
        return visit_page(visit_for(person(), inspection), Typed(errors=wrong)), 422
    flash(_("已记下。"))
    return redirect(url_for("inspect_visit.show", inspection=inspection, _anchor="signing"), code=303)


def _sign(page: VisitPage, kind: str, now: datetime) -> None:
    form, refused = request.form, request.form.get("answer") == REFUSED
    covers = [each for each in form.get("covers", "").split(",") if each]
    body: dict[str, object] = {"covers": covers}
    if kind == PARTY:
        body |= {"answer": REFUSED if refused else SIGNED, "name": form.get("name", "")}
        body |= {"words": form.get("words", "")}
    if not (kind == PARTY and refused):
        body["paper"] = _photo_of_paper(page, now)
    edit = page.edit + 1
    said = "\n".join((str(page.id), str(page.user.id), kind, str(edit), repr(body)))
    entry = {"id": hashlib.sha256(said.encode()).hexdigest()[:32], "kind": kind, "subject": "", "edit": edit}
    [answer] = act(
        lambda db: note(
            db,
            user=page.user,
            inspection=page.id,
            device=device_of_page(page.user),
            sent_at=now,
            entries=[{**entry, "body": body, "noted_at": now.isoformat()}],
            now=now,
        )
    )
    if answer.says:
        raise Invalid({"paper": f"{answer.says}{answer.do}"})


def _photo_of_paper(page: VisitPage, now: datetime) -> str:
    if not request.form.get("confirmed"):
        raise Invalid({"paper": _("请先在纸上签名，再勾选“已在纸上签名”。")})
    answer = keep_photo(page.id, page.user, request.files.get("photo"), now)
    if answer.says:
        raise Invalid({"paper": f"{answer.says}{answer.do}"})
    return answer.id
