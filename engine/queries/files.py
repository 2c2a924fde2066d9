"""Files of a case, found by who filed it, and by offices whose items need them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from engine.days import local_day
from engine.deployments import load
from engine.errors import NotFound
from engine.linked import EVIDENCE
from engine.people import User
from engine.queries.cases import works_on
from engine.queries.sight import items_seen
from engine.tables import cases, materials


@dataclass(frozen=True)
class CaseFile:
    """A file that was handed in: its name to show, its type and the hash it is kept under."""

    label: str
    media_type: str
    sha256: str


def case_file(db: Connection, user: User, material: int) -> CaseFile:
    """The file with this id; NotFound when it is not for this person."""
    query = (
        select(materials, cases.c.applicant_id, cases.c.deployment_id, cases.c.submitted_at)
        .join(cases, cases.c.id == materials.c.case_id)
        .where(materials.c.id == material, or_(cases.c.applicant_id == user.id, works_on(user)))
    )
    row = db.execute(query).one_or_none()
    if row is None or not (row.applicant_id == user.id or _is_for_office(db, user, row)):
        raise NotFound("没有找到这份材料。", "请从办件页面重新打开。")
    return CaseFile(row.label, row.media_type, row.sha256)


def _is_for_office(db: Connection, user: User, row: Row[Any]) -> bool:
    """Whether an item that this person's offices work on needs the material."""
    seen = items_seen(db, user, row.case_id)
    if seen is None:
        return True
    catalogue = load(db, row.deployment_id).catalogue_on(local_day(row.submitted_at))
    return row.material == EVIDENCE or row.material in catalogue.handed_in_for(seen)
