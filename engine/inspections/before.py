"""An inspection before somebody who is to change it, and its case as the log goes on from it."""

from sqlalchemy import Connection, select

from engine.cases import Case, load_case
from engine.catalogue import Catalogue
from engine.deployments import load
from engine.errors import NotFound
from engine.inspections.access import Seat, take_seat
from engine.people import User
from engine.tables import inspections


def visit_before(db: Connection, user: User, inspection_id: int) -> tuple[Seat, Case]:
    """The inspection and its case for this person; NotFound for whom it is not.

    The case is read first: who closes the visit after that moves it, so that the event of what is noted here
    no longer fits and the command runs again on the closed visit.
    """
    case_id = db.execute(select(inspections.c.case_id).where(inspections.c.id == inspection_id)).scalar()
    if case_id is None:
        raise NotFound("没有找到这次踏勘。", "请从踏勘列表进入。")
    case = load_case(db, case_id)
    return take_seat(db, user, inspection_id), case


def catalogue_for(db: Connection, case: Case) -> Catalogue:
    """The catalogue by the law that the case goes by."""
    return load(db, case.deployment_id).catalogue_on(case.filed_on)
