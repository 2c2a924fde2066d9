"""What a phone needs beside a visit's sheet: how far its edits have come, and its photos."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from engine.errors import NotFound
from engine.tables import inspection_entries, inspection_photos


@dataclass(frozen=True)
class KeptPhoto:
    """The bytes of a photo, whole and small, by their hashes."""

    sha256: str
    media_type: str
    thumbnail: str
    label: str


def last_edit(db: Connection, inspection: int) -> int:
    """The highest edit of all entries of a visit, 0 before the first: a phone's next one comes after it."""
    e = inspection_entries.c
    highest = select(func.max(e.edit)).where(e.inspection_id == inspection)
    return int(db.execute(highest).scalar() or 0)


def kept_photo(db: Connection, inspection: int, photo: str) -> KeptPhoto:
    """A photo of this very visit; who may see the visit was asked before. NotFound for any other."""
    p = inspection_photos.c
    query = select(p.sha256, p.media_type, p.thumbnail, p.label)
    row = db.execute(query.where(p.inspection_id == inspection, p.id == photo)).one_or_none()
    if row is None:
        raise NotFound("没有找到这张照片。", "请从踏勘页面打开照片。")
    return KeptPhoto(*row)
