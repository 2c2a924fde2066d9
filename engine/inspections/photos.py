"""Keeps a visit's photos, each once under the hash of its bytes, and says so only when it is kept."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select

from engine.cases import Case
from engine.events import append
from engine.inspections.access import Seat
from engine.inspections.before import catalogue_for, visit_before
from engine.inspections.checklist import points_for
from engine.inspections.entries import is_id
from engine.inspections.moments import put_right, skew_of
from engine.inspections.noting import KEPT, KNOWN, NOT_ASKED, REFUSED
from engine.inspections.places import Position
from engine.people import User
from engine.tables import inspection_photos
from engine.uploads import Upload

MOST_PHOTOS = 400  # of one visit
TRANSFER = "照片在传输中损坏了，服务器收到的和手机里的不一样。", "请保持页面打开，稍后会再传一次。"
TAKEN = "这张照片的编号已经用过，内容却不一样。", "请重新选择这张照片再上传。"
FULL = f"一次踏勘最多保存 {MOST_PHOTOS} 张照片，已经满了。", "照片还在这部手机里，请只上传需要的。"
NO_ID = "这张照片没有编号，或者编号不对。", "请刷新页面后重新选择照片再上传。"
ELSEWHERE = NOT_ASKED, "请把照片放到其他要点下，或者作为整个场所的照片上传。"


@dataclass(frozen=True)
class PhotoAnswer:
    """What became of a photo: kept, known or refused; only with the first two may a phone let go of it."""

    id: str
    sha256: str
    state: str
    says: str = ""
    do: str = ""


def add_photo(
    db: Connection,
    *,
    user: User,
    inspection: int,
    id: str,
    point: str,
    upload: Upload,
    sha256: str,
    thumbnail: str,
    taken_at: datetime,
    sent_at: datetime,
    position: Position | None,
    claimed_sha256: str,
    now: datetime,
) -> PhotoAnswer:
    """Add a checked photo, its bytes and its thumbnail kept already under `sha256` and `thumbnail`.

    `point` is "" for the place as a whole; `claimed_sha256` what the phone counted. The same photo again
    changes nothing. It is taken after the visit was closed, too: it may have waited in a phone.
    NotFound for whom the visit is not.
    """
    seat, case = visit_before(db, user, inspection)
    state, says, do = _verdict(db, seat, case, id, point, sha256, claimed_sha256.lower())
    if state != KEPT:
        return PhotoAnswer(id, sha256, state, says, do)
    row = {
        "id": id,
        "inspection_id": inspection,
        "user_id": user.id,
        "point": point,
        "label": upload.label,
        "sha256": sha256,
        "size": len(upload.content),
        "media_type": upload.media_type,
        "thumbnail": thumbnail,
        "taken_at": put_right(taken_at, sent_at, now),
        "skew": skew_of(sent_at, now),
        "received_at": now,
        **(asdict(position) if position else {}),
    }
    payload = {"inspection": inspection, "point": point, "sha256": sha256}
    append(db, case, user, "inspection_photo_added", payload, now)  # first: see engine.inspections.noting
    db.execute(insert(inspection_photos).values(row))
    return PhotoAnswer(id, sha256, KEPT)


def _verdict(
    db: Connection, seat: Seat, case: Case, id: str, point: str, sha256: str, claimed: str
) -> tuple[str, str, str]:
    """The state of a photo, and what is said of one that is refused."""
    if not is_id(id):
        return REFUSED, *NO_ID
    if sha256 != claimed:
        return REFUSED, *TRANSFER
    inspection = seat.inspection
    for known in _like(db, inspection.id, id, point, sha256):
        if (known.inspection_id, known.sha256) != (inspection.id, sha256):
            return REFUSED, *TAKEN
        return KNOWN, "", ""
    asked = {each.id for each in points_for(case, catalogue_for(db, case), inspection)}
    if point and point not in asked:
        return REFUSED, *ELSEWHERE
    if _count(db, inspection.id) >= MOST_PHOTOS:
        return REFUSED, *FULL
    return KEPT, "", ""


def _like(db: Connection, inspection: int, id: str, point: str, sha256: str) -> list[Row[tuple[int, str]]]:
    """The photo with this id, or else this very photo at this point."""
    p = inspection_photos.c
    same = (p.inspection_id == inspection) & (p.point == point) & (p.sha256 == sha256)
    query = select(p.inspection_id, p.sha256).where((p.id == id) | same)
    return list(db.execute(query.order_by((p.id == id).desc()).limit(1)))


def _count(db: Connection, inspection: int) -> int:
    query = select(func.count()).where(inspection_photos.c.inspection_id == inspection)
    return int(db.execute(query).scalar_one())
