"""Opens what an applicant sent to show that something was put right, for the offices that look at it."""

from flask import Blueprint
from werkzeug.wrappers import Response

from engine.errors import NotFound
from engine.inspections.rectification import ANSWERED
from engine.queries.cases import staff_case
from engine.queries.sight import items_seen
from web.database import reading
from web.download import as_download
from web.login import for_roles, person
from web.staff.case import SEEING
from web.staff.case_visits import visits_of

blueprint = Blueprint("proofs", __name__)


@blueprint.get("/office/cases/<number>/proofs/<int:file>")
@for_roles(*SEEING)
def show(number: str, file: int) -> Response:
    """A file about a point of the person's items, once the applicant has sent it."""
    with reading() as db:
        case = staff_case(db, person(), number)
        found = visits_of(db, person(), case, items_seen(db, person(), case.id))
    sent = found.points if found and found.rectification and found.rectification.state == ANSWERED else ()
    proof = next((each for point in sent for each in point.files if each.id == file), None)
    if proof is None:
        raise NotFound
    return as_download(proof.sha256, proof.media_type, proof.label)
