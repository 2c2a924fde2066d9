"""Who may take the chair: anybody but those who examined the very item in the very case."""

from sqlalchemy import Connection, cast, or_, select, union_all
from sqlalchemy.dialects.postgresql import JSONB

from engine.errors import Invalid
from engine.said import Values
from engine.tables import inspection_offices, inspections, inspectors, tasks, users

EXAMINED = ("review", "recheck", "inspect", "reinspect")


def chair_of(db: Connection, case_id: int, item: str, values: Values) -> tuple[str, int | None]:
    """The name of the chair and, for a colleague, the user's id.

    Invalid at `chair` for who examined the item in this case (第四十八条第三项): by login, or by name where
    no login is given; at `chair_login` for one that there is not, or that is somebody else's.
    """
    name, login = str(values["chair"]), str(values.get("chair_login") or "")
    examiners = _examiners(db, case_id, item)
    user_id = _colleague(db, name, login) if login else None
    if user_id in examiners or (user_id is None and name in examiners.values()):
        raise Invalid(
            {"chair": f"{name}审查过这件申请的这个事项，依法不能主持听证。请换一位没有参加审查的工作人员。"}
        )
    return name, user_id


def _colleague(db: Connection, name: str, login: str) -> int:
    row = db.execute(select(users.c.id, users.c.name).where(users.c.login == login, users.c.active)).first()
    if row is None:
        raise Invalid({"chair_login": f"没有“{login}”这个用户名。请核对；不是系统用户的，这一项不填。"})
    if row.name != name:
        raise Invalid(
            {"chair_login": f"用户名“{login}”是{row.name}的，与主持人“{name}”不是同一个人，请核对。"}
        )
    return int(row.id)


def _examiners(db: Connection, case_id: int, item: str) -> dict[int | None, str]:
    """Who examined the item in this case, on paper or on the spot: id → name."""
    about = or_(tasks.c.item == item, tasks.c.item.is_(None))
    query = select(users.c.id, users.c.name).join(tasks, tasks.c.done_by == users.c.id)
    query = query.where(tasks.c.case_id == case_id, tasks.c.act.in_(EXAMINED), about)
    i, o = inspectors.c, inspection_offices.c
    same = (i.inspection_id == o.inspection_id) & (i.department == o.department) & (i.region == o.region)
    team = (
        select(users.c.id, users.c.name)
        .join(inspectors, i.user_id == users.c.id)
        .join(inspection_offices, same)
        .join(inspections, inspections.c.id == i.inspection_id)
        .where(inspections.c.case_id == case_id, cast(o["items"], JSONB).contains([item]))
    )
    return {row.id: row.name for row in db.execute(union_all(query, team))}
