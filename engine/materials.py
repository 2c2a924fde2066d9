"""What an applicant hands in: which file stands for which material of a draft; access is in every query."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.errors import Invalid, NotFound
from engine.people import User
from engine.tables import cases, drafts, materials
from engine.uploads import Upload

MOST_FILES = 60  # of one draft
MOST_BYTES = 200 * 1024 * 1024  # of one draft, all files together
OPEN = drafts.c.state == "open"

TOO_MANY_FILES = f"一份申请最多上传 {MOST_FILES} 个文件。请删除不需要的文件，或把多页合并成一个 PDF。"
TOO_MANY_BYTES = "这份申请的文件合计超过 200 MB。请删除不需要的文件，或压缩后再上传。"


@dataclass(frozen=True)
class Material:
    """One file as it stands in a draft: `material` is an id of processes/materials.yaml, `size` in bytes."""

    id: int
    material: str
    label: str
    sha256: str
    size: int
    media_type: str
    added_at: datetime


def attach(
    db: Connection, *, user: User, draft: str, material: str, upload: Upload, sha256: str, now: datetime
) -> None:
    """Let a file, already kept as `sha256`, stand for `material` in the person's own open draft.

    The same file again changes nothing. Raises NotFound for another's draft and Invalid over the quota.
    """
    _lock(db, user, draft)
    within_quota(db, draft, material, len(upload.content))
    row = {
        "draft_id": draft,
        "material": material,
        "label": upload.label,
        "sha256": sha256,
        "size": len(upload.content),
        "media_type": upload.media_type,
        "user_id": user.id,
        "added_at": now,
    }
    db.execute(upsert(materials).values(row).on_conflict_do_nothing())


def pick_again(
    db: Connection, *, user: User, draft: str, material: str, uscc: str, chosen: int, now: datetime
) -> None:
    """Let a file that the same person handed in earlier for the same subject stand for `material` too."""
    _lock(db, user, draft)
    earlier = db.execute(_earlier(user, draft, uscc).where(materials.c.id == chosen)).one_or_none()
    if earlier is None:
        raise NotFound("没有找到您要选用的文件。", "请返回材料页面重新选择，或直接上传文件。")
    within_quota(db, draft, material, earlier.size)
    kept = {name: earlier._mapping[name] for name in ("label", "sha256", "size", "media_type")}
    row = {**kept, "draft_id": draft, "material": material, "user_id": user.id, "added_at": now}
    db.execute(upsert(materials).values(row).on_conflict_do_nothing())


def remove(db: Connection, *, user: User, draft: str, chosen: int) -> None:
    """Take a file out of the person's own open draft; the bytes stay, for another draft may hold them."""
    _lock(db, user, draft)
    gone = db.execute(delete(materials).where(materials.c.id == chosen, materials.c.draft_id == draft))
    if gone.rowcount != 1:
        raise NotFound("这个文件已经不在申请里了。", "请返回材料页面查看。")


def materials_of(db: Connection, draft: str) -> tuple[Material, ...]:
    """All files of a draft that the caller has already been given, in the order they were added."""
    rows = db.execute(_columns().where(materials.c.draft_id == draft).order_by(materials.c.id))
    return tuple(Material(**row._mapping) for row in rows)


def earlier_files(db: Connection, user: User, draft: str, uscc: str) -> tuple[Material, ...]:
    """Files this person handed in with earlier cases of that subject, newest first, each content once."""
    newest: dict[str, Material] = {}
    for row in db.execute(_earlier(user, draft, uscc).order_by(materials.c.id.desc()).limit(200)):
        newest.setdefault(row.sha256, Material(**row._mapping))
    return tuple(newest.values())


def own_material(db: Connection, user: User, chosen: int) -> Material:
    """One file that this person handed in, in a draft or a case; NotFound for anybody else's."""
    query = _columns().where(materials.c.id == chosen, materials.c.user_id == user.id)
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return Material(**row._mapping)


def _columns() -> Select[tuple[object, ...]]:
    names = ("id", "material", "label", "sha256", "size", "media_type", "added_at")
    return select(*(materials.c[name] for name in names))


def _earlier(user: User, draft: str, uscc: str) -> Select[tuple[object, ...]]:
    """Access: only what this very person handed in, and only for the same subject."""
    return (
        _columns()
        .join(cases, cases.c.id == materials.c.case_id)
        .where(cases.c.applicant_id == user.id, cases.c.uscc == uscc, materials.c.draft_id != draft)
    )


def _lock(db: Connection, user: User, draft: str) -> None:
    """One writer at a time to a draft's files, so that two uploads cannot pass the quota together."""
    mine = select(drafts.c.id).where(drafts.c.id == draft, drafts.c.user_id == user.id, OPEN)
    if db.execute(mine.with_for_update()).one_or_none() is None:
        raise NotFound


def within_quota(db: Connection, draft: str, material: str, size: int) -> None:
    """Raise Invalid at `material` when another file of `size` bytes is too much for a draft or its case."""
    total = func.coalesce(func.sum(materials.c.size), 0)
    count, held = db.execute(select(func.count(), total).where(materials.c.draft_id == draft)).one()
    if count >= MOST_FILES:
        raise Invalid({material: TOO_MANY_FILES})
    if held + size > MOST_BYTES:
        raise Invalid({material: TOO_MANY_BYTES})
