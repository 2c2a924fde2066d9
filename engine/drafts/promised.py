"""What of a draft was promised for later (容缺受理): by which day, signed by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from engine.tables import later_materials


@dataclass(frozen=True)
class Promised:
    """One material that the applicant will hand in by `promised_on`."""

    promised_on: date
    signed_as: str
    signed_at: datetime


def promised_in(db: Connection, draft: str) -> Mapping[str, Promised]:
    """The material's id → the promise; those of a draft that the caller has already been given."""
    own = select(later_materials).where(later_materials.c.draft_id == draft)
    return {row.material: Promised(row.promised_on, row.signed_as, row.signed_at) for row in db.execute(own)}
