"""Promise in a draft to hand a material in later, or take that back; filing takes along what stands."""

from datetime import date, datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.catalogue import Catalogue
from engine.days import add_working_days
from engine.drafts import Draft, Wanted, read_draft, wanted_materials
from engine.drafts.subject import signatories
from engine.errors import Invalid, NotFound, Refusal
from engine.later.owed import in_words
from engine.people import User
from engine.tables import later_materials

LATER_DAYS = 20  # working days, where a region says nothing else
DAY, SIGNED_AS = "day", "signed_as"


class WhoFirst(Refusal):
    """The draft does not say yet who applies, so nobody can sign for them."""

    says = "还没有填写主体信息，系统不知道由谁签名。"
    do = "请先填完“主体信息”，再来选择稍后补交。"


def latest_day(catalogue: Catalogue, region: str, today: date) -> date:
    """The last day that may be promised for materials of a case in `region` that is filed today."""
    setting = catalogue.settings(region).get("later_days", LATER_DAYS)
    return add_working_days(today, int(str(setting)))


def promise(
    db: Connection, *, user: User, draft: str, material: str, day: str, signed_as: str, now: datetime
) -> None:
    """Keep that the applicant will hand `material` in by `day` (ISO text), signed with a typed name.

    Raises NotFound where that is not offered, WhoFirst, or Invalid at `<material>-day` or
    `<material>-signed_as`.
    """
    found = read_draft(db, user, draft, now)
    wanted = _offered(db, found, material)
    names = signatories(found.record.answers)
    if not names:
        raise WhoFirst
    last = latest_day(found.deployment.catalogue_on(found.today), found.record.region, found.today)
    chosen = _read_day(day)
    errors: dict[str, str] = {}
    if chosen is None or not found.today < chosen <= last:
        errors[f"{material}-{DAY}"] = f"请选择明天到{in_words(last)}之间的一天。"
    if signed_as.strip() not in names:
        errors[f"{material}-{SIGNED_AS}"] = f"请由{'或者'.join(names)}签名，写完整的姓名。"
    if errors:
        raise Invalid(errors)
    row = {
        "draft_id": found.id,
        "material": material,
        "items": [reason.item for reason in wanted.reasons],
        "promised_on": chosen,
        "signed_as": signed_as.strip(),
        "signed_at": now,
    }
    statement = upsert(later_materials).values(row)
    db.execute(statement.on_conflict_do_update(index_elements=["draft_id", "material"], set_=row))


def take_back(db: Connection, *, user: User, draft: str, material: str, now: datetime) -> None:
    """The material is due on filing again; nothing happens when it is already."""
    found = read_draft(db, user, draft, now)
    own = later_materials.c.draft_id == found.id
    db.execute(delete(later_materials).where(own, later_materials.c.material == material))


def file(db: Connection, *, user: User, draft: str, case_id: int, now: datetime) -> None:
    """Tie the promises that stand to the case that the draft becomes, drop those that fell away."""
    own = later_materials.c.draft_id == draft
    if db.execute(select(later_materials.c.id).where(own)).first() is None:
        return
    wanted = wanted_materials(db, read_draft(db, user, draft, now))
    standing = [each for each in wanted if each.put_off and not each.files]
    names = [each.id for each in standing]
    db.execute(delete(later_materials).where(own, later_materials.c.material.not_in(names)))
    for each in standing:
        items = [reason.item for reason in each.reasons]
        one = own & (later_materials.c.material == each.id)
        db.execute(update(later_materials).where(one).values(case_id=case_id, items=items))


def _offered(db: Connection, draft: Draft, material: str) -> Wanted:
    wanted = next((each for each in wanted_materials(db, draft) if each.id == material), None)
    if wanted is None or not wanted.later or wanted.files:
        raise NotFound("这份材料不能稍后补交。", "请返回材料页面查看哪些材料可以稍后补交。")
    return wanted


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
