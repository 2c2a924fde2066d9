"""Marks what is missing or wrong in a case on receipt, for the one notice that the window sends."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.corrections.filed import FIELD, MATERIAL, Filed, Thing, read_filed
from engine.corrections.offices import Desk, Marker, find_marker
from engine.corrections.points import TYPES
from engine.errors import Invalid, NotAllowed, NotFound
from engine.events import append
from engine.people import User
from engine.tables import correction_points, materials

LONGEST = 500  # characters of a reason, and of what would satisfy


@dataclass(frozen=True)
class Mark:
    """What is wrong with one question or material, and what would satisfy; `item` '' when the window asks."""

    target: str
    name: str
    item: str
    type: str
    reason: str
    wanted: str


def mark(db: Connection, *, user: User, number: str, mark: Mark, now: datetime) -> None:
    """Mark a thing for the next notice; marked again by the same desk, the later words stand.

    Raises NotFound for a case or a thing that is not before this person, NotAllowed for an item that their
    office does not review or that does not ask for the thing, Invalid for what is not filled in.
    """
    marker, filed, thing = find_thing(db, user, number, mark.target, mark.name)
    desk = next((each for each in desks_for(marker, thing) if each.item == mark.item), None)
    if desk is None:
        raise NotAllowed("这一项不是您所在的部门审查的事项要求的。", "请只标记本部门审查的内容。")
    _check(mark)
    payload = {"target": mark.target, "name": mark.name, "item": mark.item, "type": mark.type}
    payload["title"] = thing.label
    append(db, filed.case, user, "point_marked", payload, now)
    words = {
        "type": mark.type,
        "reason": mark.reason.strip(),
        "wanted": mark.wanted.strip(),
        "before": _value(db, filed, thing),
        "marked_by": user.id,
        "marked_at": now,
    }
    own = {"case_id": filed.case.id, "item": desk.item, "department": desk.department, "region": desk.region}
    row = upsert(correction_points).values(**own, target=mark.target, name=mark.name, **words)
    marked = ["case_id", "department", "item", "target", "name"]
    waiting = correction_points.c.correction_id.is_(None)
    db.execute(row.on_conflict_do_update(index_elements=marked, index_where=waiting, set_=words))


def unmark(db: Connection, *, user: User, number: str, point: int, now: datetime) -> None:
    """Take a mark of one's own office back; NotFound once it is in a notice, or for another office's."""
    marker = find_marker(db, user, number)
    filed = read_filed(db, marker.case_id)
    gone = (
        delete(correction_points)
        .where(correction_points.c.id == point, correction_points.c.case_id == marker.case_id)
        .where(correction_points.c.correction_id.is_(None))
        .returning(
            *(correction_points.c[name] for name in ("item", "department", "region", "target", "name"))
        )
    )
    row = db.execute(gone).one_or_none()
    if row is None or Desk(row.item, row.department, row.region) not in marker.desks:
        raise NotFound("没有找到这个标记。", "它可能已经取消或者已经告知申请人；别的部门标的不能取消。")
    title = filed.things[(row.target, row.name)].label
    payload = {"target": row.target, "name": row.name, "item": row.item, "title": title}
    append(db, filed.case, user, "point_unmarked", payload, now)


def find_thing(
    db: Connection, user: User, number: str, target: str, name: str
) -> tuple[Marker, Filed, Thing]:
    """A question or material that this person may mark; NotFound when the case does not ask for it."""
    marker = find_marker(db, user, number)
    filed = read_filed(db, marker.case_id)
    thing = filed.things.get((target, name))
    asked = thing is not None and (target == MATERIAL or filed.is_asked(filed.fields[name], filed.answers))
    if thing is None or not asked:
        raise NotFound("这份申请没有这一项。", "请从“核对材料”页选择要标记的内容。")
    return marker, filed, thing


def desks_for(marker: Marker, thing: Thing) -> tuple[Desk, ...]:
    """The desks of this person that may mark a thing: the window all, a reviewer what its item asks for."""
    return tuple(desk for desk in marker.desks if not desk.item or desk.item in thing.items)


def _check(mark: Mark) -> None:
    errors = {} if mark.type in TYPES else {"type": "请选择是什么问题。"}
    for name, words, asked in (
        ("reason", mark.reason, "请写明问题在哪里，申请人会原样看到。"),
        ("wanted", mark.wanted, "请写明怎样改才符合要求，申请人会照着做。"),
    ):
        length = len(words.strip())
        if not length:
            errors[name] = asked
        elif length > LONGEST:
            errors[name] = f"最多 {LONGEST} 个字，您写了 {length} 个字，请缩短。"
        elif any(ord(sign) < 32 and sign not in "\r\n\t" for sign in words):
            errors[name] = "里面有看不见的控制字符，请删去后重新填写。"
    if errors:
        raise Invalid(errors)


def _value(db: Connection, filed: Filed, thing: Thing) -> object:
    """What stands there now: the answer, or the names of the files."""
    if thing.target == FIELD:
        return filed.answers.get(thing.name)
    handed_in = select(materials.c.id, materials.c.label).order_by(materials.c.id)
    mine = (materials.c.case_id == filed.case.id, materials.c.material == thing.name)
    return [{"id": row.id, "label": row.label} for row in db.execute(handed_in.where(*mine))]
