"""An office answers whether it can come, and names who does."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, update
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.advance import Done
from engine.cases import Case
from engine.deployments import Deployment
from engine.errors import Invalid
from engine.inspections.inspection import AGREED, Inspection
from engine.points import Office
from engine.said import Values
from engine.tables import inspection_offices, inspectors

NOBODY = "请选择派谁去，至少一个人。"


def refuse_nobody(values: Values) -> None:
    """Invalid when an office says that it comes and sends nobody."""
    if values.get("answer") == AGREED and not values.get("inspectors"):
        raise Invalid({"inspectors": NOBODY})


def keep_answer(
    db: Connection, case: Case, deployment: Deployment, visit: Inspection, done: Done, now: datetime
) -> None:
    """Write down what the office of a finished step answered, and whom it sends."""
    catalogue, item, values = deployment.catalogue_on(case.filed_on), done.step.item or "", done.form or {}
    office = (catalogue.item(item).reviewer, catalogue.region_for(item, case.region))
    said = {"answer": values["answer"], "words": values.get("words") or ""}
    o = inspection_offices.c
    own = (o.inspection_id == visit.id, o.department == office[0], o.region == office[1])
    row = {**said, "answered_by": done.user_id, "answered_at": now}
    db.execute(update(inspection_offices).where(*own).values(row))
    chosen = values.get("inspectors")
    if isinstance(chosen, list) and done.user_id is not None:
        add_people(db, visit.id, office, map(int, chosen), done.user_id, now)


def add_people(
    db: Connection, visit: int, office: Office, people: Iterable[int], by: int, now: datetime
) -> None:
    """Add people of an office to the team; who is of it already stays as they are."""
    department, region = office
    row = {"inspection_id": visit, "department": department, "region": region}
    rows = [{**row, "user_id": person, "named_by": by, "named_at": now} for person in people]
    if rows:
        db.execute(upsert(inspectors).on_conflict_do_nothing(), rows)
