"""What a step's form shows before anybody has typed: what the case says already, for the person to change."""

from sqlalchemy import Connection, Row, select

from engine.cases import Case
from engine.catalogue import Catalogue, Item
from engine.decisions import decision
from engine.points import POINTS
from engine.said import FAIL, REFUSED
from engine.tables import cases, inspections, rectification_points, rectifications, tasks
from engine.workflow import Step
from forms.inputs import Inputs

ADDRESS = "op_address"  # id in forms/definitions/fields.yaml
AGAIN_FAILED, NOT_DONE = "整改以后复查仍不合格", "期满没有整改"


def proposed(db: Connection, case: Case, step: Step, catalogue: Catalogue) -> Inputs:
    """The inputs of a step's form to begin with; {} for a form that begins empty."""
    if step.act == "arrange":
        return _plan(db, case)
    if step.act == "decide" and step.item and case.items[step.item].finding == FAIL:
        return _refusal(db, case, catalogue.item(step.item))
    return {}


def _plan(db: Connection, case: Case) -> Inputs:
    """The plan as before, with the day that the applicant asked for; at first the premises' address."""
    found = db.execute(select(inspections).where(inspections.c.case_id == case.id)).first()
    if found is None:
        answers = db.execute(select(cases.c.answers).where(cases.c.id == case.id)).scalar_one()
        return {"place": str(answers.get(ADDRESS) or "")}
    plan: Inputs = {"kind": found.kind, "place": found.place, "note": found.note}
    if found.party.get("day") and found.party.get("answer") == "other":
        plan |= {"day_1": found.party["day"], "half_1": found.party["half"]}
    return plan


def _refusal(db: Connection, case: Case, item: Item) -> Inputs:
    """Why an item is refused that failed again, or was not put right: its failed points, in words."""
    failed = [row for row in _asked(db, case.id) if item.id in row.items]
    looked = _looked_again(db, case.id)
    if not failed or (looked is None and "rectification" not in case.words):
        return {}
    known = {point: found for point, found in (looked or {}).items() if found["result"] == FAIL}
    lines = [
        f"{row.text}（{row.basis}）：{known[row.point]['words'] if looked is not None else row.words}"
        for row in failed
        if looked is None or row.point in known
    ]
    why = AGAIN_FAILED if looked is not None else NOT_DONE
    says = "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
    law = "、".join(map(str, item.basis))
    reasons = f"现场踏勘不合格，{why}：\n{says}\n依据{law}，{decision(item.kind, REFUSED)}。"
    return {"outcome": REFUSED, "reasons": reasons}


def _asked(db: Connection, case_id: int) -> list[Row[tuple[object, ...]]]:
    p = rectification_points.c
    query = select(rectification_points).join(rectifications, rectifications.c.id == p.rectification_id)
    return list(db.execute(query.where(rectifications.c.case_id == case_id).order_by(p.point)))


def _looked_again(db: Connection, case_id: int) -> dict[str, dict[str, str]] | None:
    """What was found at the re-inspection, by point; None when there was none."""
    done = select(tasks.c.form).where(tasks.c.case_id == case_id, tasks.c.act == "reinspect")
    form = db.execute(done.where(tasks.c.state == "done").limit(1)).scalar()
    found = form.get(POINTS) if isinstance(form, dict) else None
    return found if isinstance(found, dict) else None
