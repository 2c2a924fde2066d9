"""An applicant hands in what was promised for later (容缺受理): the case then has it, and goes on whole."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.cases import Case, load_case
from engine.consequences import follow
from engine.deployments import load
from engine.errors import Invalid, NotFound
from engine.events import actor_of, append
from engine.happenings import Happened
from engine.later.owed import Owed, owed_by
from engine.materials import within_quota
from engine.people import User
from engine.tables import cases, drafts, later_materials, materials
from engine.uploads import NOTHING_CHOSEN, Upload


def hand_in_later(
    db: Connection,
    *,
    user: User,
    number: str,
    material: str,
    files: Sequence[tuple[Upload, str]],
    now: datetime,
) -> None:
    """Let `files`, already kept under their hashes, stand for a promised material of the person's own case.

    Raises NotFound when nothing is waited for under that name, Invalid without a file or over the quota.
    """
    if not files:
        raise Invalid({material: NOTHING_CHOSEN})
    case, draft = _own_case(db, user, number)
    deployment = load(db, case.deployment_id)
    owed = _waited_for(db, case, material, owed_by(db, case.id, deployment.catalogue_on(case.filed_on)))
    for upload, sha256 in files:
        within_quota(db, draft, material, len(upload.content))
        row = {
            "draft_id": draft,
            "case_id": case.id,
            "material": material,
            "label": upload.label,
            "sha256": sha256,
            "size": len(upload.content),
            "media_type": upload.media_type,
            "user_id": user.id,
            "added_at": now,
        }
        db.execute(upsert(materials).values(row).on_conflict_do_nothing())
    one = (later_materials.c.case_id == case.id) & (later_materials.c.material == material)
    db.execute(update(later_materials).where(one).values(handed_in_at=now))
    append(db, case, user, "later_handed_in", {"material": material, "title": owed.name}, now)
    said = {"material": material, "label": owed.name}
    after = load_case(db, case.id)
    follow(db, Happened("later_handed_in", after, deployment, actor_of(user.id), owed.items, said), now)


def _own_case(db: Connection, user: User, number: str) -> tuple[Case, str]:
    row = db.execute(
        select(cases.c.id, drafts.c.id.label("draft"))
        .join(drafts, drafts.c.case_id == cases.c.id)
        .where(cases.c.number == number, cases.c.applicant_id == user.id)
    ).one_or_none()
    if row is None:
        raise NotFound("没有找到这个办件。", "请从“我的办件”进入。")
    return load_case(db, row.id), row.draft


def _waited_for(db: Connection, case: Case, material: str, owed: Sequence[Owed]) -> Owed:
    found = next((each for each in owed if each.material == material and each.open), None)
    if found is None or case.ended_at is not None:
        raise NotFound("这份材料现在不用补交。", "它可能已经交过，或者已经过了约定的日期；请从办件页面查看。")
    return found
