"""The public registry of certificates: found by name, address, number or industry; no login, no persons."""

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from certificates.registry import ENDED, VALID, Page, Wanted, search
from engine.deployments import industries
from engine.errors import Invalid
from engine.registered import LONGEST
from web.context import settings
from web.database import reading
from web.public.machine import registry_as_json
from web.security import limiter

blueprint = Blueprint("registry", __name__)
LOOKS = limiter.shared_limit("30 per minute", scope="registry")


@blueprint.get("/registry")
@LOOKS
def show() -> tuple[str, int]:
    """The form, and what was found when something is looked for."""
    wanted, asked = _wanted(), bool(request.args)
    errors, page = {}, None
    with reading() as db:
        cards = industries(db)
        try:
            page = search(db, wanted, datetime.now(UTC), after=_after()) if asked else None
        except Invalid as invalid:
            errors = invalid.errors
    more = _next("registry.show", wanted, page) if page else None
    options = [{"value": card.id, "label": card.name} for card in cards]
    shown = {"wanted": wanted, "page": page, "more": more, "industries": options, "errors": errors}
    return render_template("public/registry.html", **shown), 422 if errors else 200


@blueprint.get("/registry.json")
@LOOKS
def machine() -> Response:
    """The same for programs, a page at a time."""
    wanted = _wanted()
    try:
        with reading() as db:
            page = search(db, wanted, datetime.now(UTC), after=_after())
    except Invalid as invalid:
        refused = jsonify(says=invalid.says, errors=invalid.errors)
        refused.status_code = 422
        return refused
    more = _next("registry.machine", wanted, page)
    return jsonify(registry_as_json(page, settings().base_url + more if more else None))


def _wanted() -> Wanted:
    given = request.args
    state = given.get("state", "")
    return Wanted(
        words=" ".join(given.get("q", "").split())[:LONGEST],
        industry=given.get("industry", "")[:LONGEST],
        state=state if state in (VALID, ENDED) else "",
    )


def _after() -> int | None:
    """The key of a page as it stands in its address; anything else is the first page."""
    given = request.args.get("after", "")
    return int(given) if re.fullmatch(r"[0-9]{1,18}", given, re.ASCII) else None


def _next(endpoint: str, wanted: Wanted, page: Page) -> str | None:
    """The address of the page after this one, None at the end; what is not asked for is left out."""
    if page.next is None:
        return None
    asked = wanted.words or None, wanted.industry or None, wanted.state or None
    return url_for(endpoint, q=asked[0], industry=asked[1], state=asked[2], after=page.next)
