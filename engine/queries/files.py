"""Files of a case, found only by those who work on the case or filed it."""

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from engine.errors import NotFound
from engine.people import User
from engine.queries.cases import works_on
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
        select(materials.c.label, materials.c.media_type, materials.c.sha256)
        .join(cases, cases.c.id == materials.c.case_id)
        .where(materials.c.id == material, or_(cases.c.applicant_id == user.id, works_on(user)))
    )
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound("没有找到这份材料。", "请从办件页面重新打开。")
    return CaseFile(**row._mapping)
