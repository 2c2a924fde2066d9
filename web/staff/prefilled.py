"""What a clerk's form shows before anything is typed: what the case already says of it."""

from collections.abc import Mapping

from sqlalchemy import Connection

from engine.cases import Case
from engine.inspections.inspection import Inspection, inspection_of
from engine.inspections.reasons import reasons_to_refuse
from engine.queries.cases import CasePage
from engine.tasks import Task
from forms.inputs import Inputs

ARRANGE, DECIDE = "arrange", "decide"  # acts
ADDRESS = "op_address"  # id in forms/definitions/fields.yaml


def prefilled(db: Connection, task: Task, page: CasePage, case: Case) -> Inputs:
    """The inputs of the task's form by name; {} when nothing is known."""
    if task.act == ARRANGE:
        return _place(page.answers, inspection_of(db, case.id))
    if task.act == DECIDE and task.item is not None and (reasons := reasons_to_refuse(db, case, task.item)):
        return {"outcome": "refused", "reasons": reasons}
    return {}


def _place(answers: Mapping[str, object], before: Inspection | None) -> Inputs:
    """Where the visit was to be, or the premises; what to prepare stays as it was written."""
    if before is not None:
        return {"kind": before.kind, "place": before.place, "note": before.note}
    return {"place": str(answers.get(ADDRESS) or "")}
