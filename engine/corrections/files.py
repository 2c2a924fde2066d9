"""Files for a reply: kept under the draft of the case, part of the case once the reply is sent."""

from datetime import datetime

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert as upsert

from engine.corrections.filed import MATERIAL
from engine.corrections.replies import files_input, open_reply
from engine.errors import Invalid, NotFound
from engine.materials import MOST_BYTES, MOST_FILES, TOO_MANY_BYTES, TOO_MANY_FILES
from engine.people import User
from engine.tables import materials
from engine.uploads import Upload

SAME_AGAIN = "“{label}”和已经交过的文件完全一样。请选择改好以后的文件。"


def attach_reply(
    db: Connection,
    *,
    user: User,
    number: str,
    round: int,
    material: str,
    upload: Upload,
    sha256: str,
    now: datetime,
) -> None:
    """Let a file, already kept as `sha256`, answer a flag. Invalid over the quota or when it was there.

    The quota is that of an application, counted anew for the reply. NotFound for what the notice does not
    ask.
    """
    reply = open_reply(db, user, number, round, now)
    if (MATERIAL, material) not in {flag.thing.key for flag in reply.flags} or not reply.draft:
        raise NotFound("补正告知书没有要求这份材料。", "请从补正页面上传。")
    if len(reply.files) >= MOST_FILES:
        raise Invalid({files_input(material): TOO_MANY_FILES})
    if sum(each.size for each in reply.files) + len(upload.content) > MOST_BYTES:
        raise Invalid({files_input(material): TOO_MANY_BYTES})
    row = {
        "draft_id": reply.draft,
        "material": material,
        "label": upload.label,
        "sha256": sha256,
        "size": len(upload.content),
        "media_type": upload.media_type,
        "user_id": user.id,
        "added_at": now,
    }
    added = upsert(materials).values(row).on_conflict_do_nothing().returning(materials.c.id)
    if db.execute(added).first() is None:
        raise Invalid({files_input(material): SAME_AGAIN.format(label=upload.label)})


def remove_reply_file(
    db: Connection, *, user: User, number: str, round: int, chosen: int, now: datetime
) -> None:
    """Take a file out of a reply that was not sent yet; NotFound for any other."""
    reply = open_reply(db, user, number, round, now)
    if chosen not in {each.id for each in reply.files}:
        raise NotFound("这个文件已经不在补正材料里了。", "请返回补正页面查看。")
    db.execute(delete(materials).where(materials.c.id == chosen))
