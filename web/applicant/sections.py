"""One section of the one form: shown, filled in from shared data, saved, with all that was typed kept."""

from datetime import UTC, datetime

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.drafts import ChangedElsewhere, Draft, Saved, prefill, read_draft, save_section
from engine.errors import Invalid
from engine.shared_data import NotKnown, Unavailable
from forms.merge import Section
from web.applicant.section_page import Notice, page, shared_data, typed, visible_names
from web.database import act, reading
from web.login import current, for_roles, person
from web.security import limiter
from web.table_rows import dropped_row, row_to_drop, table_to_grow

blueprint = Blueprint("section", __name__)
Page = str | Response | tuple[str, int]
LOOK_UPS = "30 per hour"  # of one person: shared data is no register to read through


def _prefills() -> bool:
    return request.form.get("action") == "prefill"


def _who() -> str:
    user = current()
    return f"prefill:{user.id if user else ''}"


@blueprint.get("/apply/<draft>/<section>")
@for_roles("applicant")
def show(draft: str, section: str) -> Page:
    """The section's questions with what has been filled in so far."""
    found, asked = _read(draft, section)
    return page(found, asked, None)


@blueprint.post("/apply/<draft>/<section>")
@limiter.limit(LOOK_UPS, key_func=_who, exempt_when=lambda: not _prefills())
@for_roles("applicant")
def save(draft: str, section: str) -> Page:
    """Do what the button says: look, fill in, add or drop a row, save and exit, or save and go on."""
    action = request.form.get("action", "")
    if action == "look":
        found, asked = _read(draft, section)
        return jsonify(visible=visible_names(found, asked, typed(asked)))
    if _prefills():
        return _fill_in(draft, section)
    if table_to_grow(action) or row_to_drop(action):
        found, asked = _read(draft, section)
        inputs = dropped_row(typed(asked), action)
        return page(found, asked, inputs, grow=table_to_grow(action))
    return _save(draft, section, leave=action == "exit")


def _save(draft: str, section: str, *, leave: bool) -> Page:
    found, asked = _read(draft, section)
    inputs, seen, user, now = typed(asked), request.form.get("seen", ""), person(), datetime.now(UTC)
    try:
        saved = act(
            lambda db: save_section(
                db, user=user, draft=draft, section=section, raw=inputs, seen=seen, now=now
            )
        )
    except ChangedElsewhere as changed:
        return page(found, asked, inputs, changed=changed), 409
    _tell(saved)
    if leave:
        flash(_("已保存。随时可以回来接着填。"))
        return redirect(url_for("my.home"), code=303)
    if saved.ineligible:
        return render_template("applicant/elsewhere.html", draft=found, section=asked, why=saved.ineligible)
    if saved.errors:
        return _mistakes(draft, section, saved)
    return redirect(_after(draft), code=303)


def _mistakes(draft: str, section: str, saved: Saved) -> Page:
    """The page again with the errors; questions that only just appeared are announced, not reproached."""
    found, asked = _read(draft, section)
    shown = request.form.get("shown", "").split(",")
    if "shown" in request.form and not any(name.split("-", 1)[0] in shown for name in saved.errors):
        words = _("根据您的选择，还需要填写 %(n)s 项，已在下面列出。", n=len(saved.errors))
        return page(found, asked, None, notice=Notice("info", words))
    return page(found, asked, None, errors=saved.errors), 422


def _fill_in(draft: str, section: str) -> Page:
    """Ask the shared data; what cannot be had is said, and the form goes on with typed values."""
    found, asked = _read(draft, section)
    inputs, user, now = typed(asked), person(), datetime.now(UTC)
    provider = shared_data()
    try:
        act(lambda db: prefill(db, user=user, draft=draft, raw=inputs, provider=provider, now=now))
    except Invalid as invalid:
        return page(found, asked, inputs, errors=invalid.errors), 422
    except (NotKnown, Unavailable) as nothing:
        return page(found, asked, inputs, notice=Notice("warn", f"{nothing.says}{nothing.do}"))
    to = url_for("section.show", draft=draft, section=section, back=_back(), _anchor="known")
    return redirect(to, code=303)


def _tell(saved: Saved) -> None:
    """Say which items came or went with a saved value."""
    for name, why in saved.change.added:
        flash(_("新增事项“%(name)s”：%(why)s", name=name, why=why), "info")
    for name, why in saved.change.dropped:
        flash(_("不再需要“%(name)s”：%(why)s", name=name, why=why), "info")


def _read(draft: str, section: str) -> tuple[Draft, Section]:
    with reading() as db:
        found = read_draft(db, person(), draft, datetime.now(UTC))
    return found, found.section(section)


def _back() -> str | None:
    """`check` when the person came from the check page and goes back there."""
    return "check" if request.values.get("back") == "check" else None


def _after(draft: str) -> str:
    return url_for("filing.check" if _back() else "apply.show", draft=draft)
