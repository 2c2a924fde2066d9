"""Who comes to a visit: offices add and take back their own people, as long as it was not held."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from engine.cases import load_case
from engine.errors import Invalid, NotAllowed, Refusal
from engine.events import append
from engine.inspections.access import LEADING, Seat, take_seat
from engine.inspections.joining import add_people
from engine.offices import LOOKING, colleagues, of_one_office
from engine.people import User
from engine.points import Office
from engine.tables import inspection_entries, inspectors, memberships, tasks

OVER = "这次踏勘已经结束，不能再改参加的人。"


def name(db: Connection, *, user: User, inspection: int, chosen: Sequence[int], now: datetime) -> None:
    """Add people of one's own office to the team; the lead adds its own, too. Twice is as good as once.

    Raises NotFound for a visit of others, a Refusal once it is over, Invalid at `inspectors` for strangers.
    """
    seat = _open_seat(db, user, inspection)
    case = load_case(db, seat.inspection.case_id)
    known = {
        person: office
        for office in offices_of(db, user, seat)
        for person in colleagues(db, *office, but=case.applicant_id)
    }
    if not chosen or not set(chosen) <= known.keys():
        raise Invalid({"inspectors": "请从本部门的工作人员里选择。"})
    for person in chosen:
        add_people(db, inspection, known[person], [person], user.id, now)
    append(db, case, user, "inspectors_named", {"inspection": inspection, "people": list(chosen)}, now)


def leave(db: Connection, *, user: User, inspection: int, person: int, now: datetime) -> None:
    """Take somebody of one's own office out of the team; not who has noted something on the spot."""
    seat = _open_seat(db, user, inspection)
    own = offices_of(db, user, seat)
    found = next((each for each in seat.inspection.team if each.user_id == person), None)
    if found is None:
        return
    if (found.department, found.region) not in own:
        raise NotAllowed("只能调整本部门派出的人。", "请联系派出这个人的部门。")
    noted = select(inspection_entries.c.id).where(
        inspection_entries.c.inspection_id == inspection, inspection_entries.c.user_id == person
    )
    if db.execute(noted.limit(1)).first() is not None:
        raise Refusal(
            f"{found.name}已经在这次踏勘里作了记录，不能退出。", "确实没有参加的，请在踏勘记录里写明。"
        )
    gone = (inspectors.c.inspection_id == inspection, inspectors.c.user_id == person)
    db.execute(delete(inspectors).where(*gone))
    case = load_case(db, seat.inspection.case_id)
    append(db, case, user, "inspector_left", {"inspection": inspection, "people": [person]}, now)


def offices_of(db: Connection, user: User, seat: Seat) -> Collection[Office]:
    """The offices for which this person may name people: those that join, and the leading one's own."""
    if not seat.leads:
        return seat.offices
    leading = (
        select(memberships.c.department, memberships.c.region)
        .join(tasks, of_one_office())
        .where(tasks.c.case_id == seat.inspection.case_id, tasks.c.act.in_(LEADING))
        .where(memberships.c.user_id == user.id, memberships.c.role.in_(LOOKING))
    )
    return seat.offices | {(department, region) for department, region in db.execute(leading.distinct())}


def _open_seat(db: Connection, user: User, inspection: int) -> Seat:
    seat = take_seat(db, user, inspection)
    if not seat.inspection.is_open:
        raise Refusal(OVER, "请从办件页查看最新情况。")
    return seat
