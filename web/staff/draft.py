"""The draft of a case's certificate, for the offices that accept and issue, to look it through beforehand."""

from datetime import UTC, datetime

from flask import Blueprint
from werkzeug.wrappers import Response

from certificates.draft import draft_of
from engine.errors import NotFound
from engine.queries.cases import staff_case
from engine.queries.sight import items_seen
from web.database import reading
from web.download import as_paper
from web.login import for_roles, person
from web.security import limiter
from web.staff.seen import DRAFTING, sees_draft

NO_DRAFT = "现在没有您可以看的证照样稿。"
SOON = "至少准予一项以后、发证以前才有样稿，由受理和发证的人员查看；发证以后请看证照。"
blueprint = Blueprint("office_draft", __name__)


@blueprint.get("/office/cases/<number>/draft.pdf")
@for_roles(*DRAFTING)
@limiter.limit("30 per minute")
def show(number: str) -> Response:
    """The draft as PDF, with what is granted by now."""
    now = datetime.now(UTC)
    with reading() as db:
        case = staff_case(db, person(), number)
        if not sees_draft(case, person(), items_seen(db, person(), case.id)):
            raise NotFound(NO_DRAFT, SOON)
        pdf = draft_of(db, case, now)
    return as_paper(pdf, f"draft-{number}.pdf")
