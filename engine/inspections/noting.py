"""Keeps what phones noted on the spot: every entry is answered for itself, and none is ever changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from engine.errors import Invalid
from engine.events import append
from engine.inspections.access import Seat
from engine.inspections.before import catalogue_for, visit_before
from engine.inspections.checklist import Office, offices_of, points_for
from engine.inspections.entries import UPDATE, Sending, Unreadable, is_id, read_entry
from engine.inspections.fold import POINT, Entry
from engine.people import User
from engine.queries.phone_sheet import last_edit
from engine.tables import inspection_entries, inspection_photos

Known = dict[str, tuple[object, ...]]
KEPT, KNOWN, REFUSED = "kept", "known", "refused"
MOST_ENTRIES = 500  # of one sending
NO_PHONE = "这次发送没有写明是哪部手机，或者一次发送的记录太多。"
TAKEN = "这条记录的编号已经用过，内容却不一样。"
OVER = "这次踏勘已经结束，或者已经取消，不能再记。"
NOT_ASKED = "这次踏勘的清单里没有这个要点。"


@dataclass(frozen=True)
class Answer:
    """What became of one entry: kept, known (it was kept before) or refused, and then why and what to do."""

    id: str
    state: str
    says: str = ""
    do: str = ""


def note(
    db: Connection,
    *,
    user: User,
    inspection: int,
    device: str,
    sent_at: datetime,
    entries: Sequence[object],
    now: datetime,
) -> tuple[Answer, ...]:
    """Keep what a phone sends, one answer for each entry in its order; a refused one never loses the others.

    `sent_at` is the phone's clock at the sending: it puts the times right. NotFound for whom the visit is
    not, Invalid for what is no sending at all.
    """
    seat, case = visit_before(db, user, inspection)
    if not is_id(device) or len(entries) > MOST_ENTRIES:
        raise Invalid({"entries": NO_PHONE})
    points = points_for(case, catalogue_for(db, case), seat.inspection)
    parts = {point.id: offices_of(point, seat.inspection) for point in points}
    desk = _Desk(seat, user, parts, _known(db, entries), _papers(db, user, inspection, entries))
    sending = Sending(user.id, device, sent_at, now, last_edit(db, inspection))
    answers = tuple(desk.take(raw, sending) for raw in entries)
    if desk.kept:
        payload = {"inspection": inspection, "entries": len(desk.kept), "sha256": _digest(desk.kept)}
        append(db, case, user, "inspection_noted", payload, now)  # first: of two phones one tries again here
        db.execute(insert(inspection_entries), [_row(inspection, each, now) for each in desk.kept])
    return answers


class _Desk:
    """Takes the entries of one sending one by one; `known` are those that were kept before, by id."""

    def __init__(
        self,
        seat: Seat,
        user: User,
        parts: Mapping[str, frozenset[Office]],
        known: Known,
        papers: frozenset[str],
    ) -> None:
        self.seat, self.parts, self.known, self.papers = seat, parts, known, papers
        self.own = own_offices(seat, user)
        self.kept: list[Entry] = []

    def take(self, raw: object, sending: Sending) -> Answer:
        """Keep the entry, unless it is known already or something is wrong with it."""
        id = raw.get("id") if isinstance(raw, Mapping) else None
        shown = id if isinstance(id, str) and is_id(id) else ""
        try:
            entry = read_entry(raw, sending)
            content = _content(self.seat.inspection.id, entry)
            if entry.id in self.known:
                if self.known[entry.id] != content:
                    raise Unreadable(TAKEN, UPDATE)
                return Answer(shown, KNOWN)
            self.check(entry)
        except Unreadable as fault:
            return Answer(shown, REFUSED, fault.says, fault.do)
        self.kept.append(entry)
        self.known[entry.id] = content
        return Answer(shown, KEPT)

    def check(self, entry: Entry) -> None:
        """Raises Unreadable for what can be read and yet cannot be kept."""
        if not self.seat.inspection.is_open:
            raise Unreadable(OVER, "需要补充的，请写成书面说明交牵头部门；这条记录还在这部手机里。")
        if entry.body.get("paper", "") not in self.papers:
            raise Unreadable("没有找到签了名的那张纸的照片。", "请重新拍照上传。")
        if entry.kind != POINT:
            return
        if entry.subject not in self.parts:
            raise Unreadable(NOT_ASKED, "请刷新清单；这一项可能已经不用看了。")
        if not self.seat.leads and self.own.isdisjoint(self.parts[entry.subject]):
            raise Unreadable("这个要点由其他部门查看。", "请由负责这个要点的部门或者牵头人员填写。")


def own_offices(seat: Seat, user: User) -> frozenset[Office]:
    """The offices for which somebody looks: those of theirs that join, and the one that named them."""
    named = {(each.department, each.region) for each in seat.inspection.team if each.user_id == user.id}
    return seat.offices | named


def _known(db: Connection, entries: Sequence[object]) -> Known:
    ids = [each["id"] for each in entries if isinstance(each, Mapping) and is_id(each.get("id"))]
    e = inspection_entries.c
    query = select(e.id, e.inspection_id, e.user_id, e.kind, e.subject, e.edit, e.body).where(e.id.in_(ids))
    return {row.id: tuple(row[1:]) for row in db.execute(query)}


def _papers(db: Connection, user: User, inspection: int, entries: Sequence[object]) -> frozenset[str]:
    """The photos of signed papers that entries name and that this person put into this visit; and ''."""
    bodies = [each["body"] for each in entries if isinstance(each, Mapping) and "body" in each]
    named = [body["paper"] for body in bodies if isinstance(body, Mapping) and is_id(body.get("paper"))]
    p = inspection_photos.c
    own = select(p.id).where(p.id.in_(named), p.inspection_id == inspection, p.user_id == user.id)
    return frozenset(db.execute(own).scalars() if named else ()) | {""}


def _content(inspection: int, entry: Entry) -> tuple[object, ...]:
    """What makes an entry the one that it is: the same draft sent by another phone is the same."""
    return inspection, entry.person, entry.kind, entry.subject, entry.edit, entry.body


def _row(inspection: int, entry: Entry, now: datetime) -> dict[str, object]:
    return {
        "id": entry.id,
        "inspection_id": inspection,
        "user_id": entry.person,
        "device": entry.device,
        "kind": entry.kind,
        "subject": entry.subject,
        "edit": entry.edit,
        "body": entry.body,
        "noted_at": entry.noted_at,
        "skew": entry.skew,
        "received_at": now,
    }


def _digest(entries: Sequence[Entry]) -> str:
    """SHA-256 over what was kept: the log proves that nobody changed it afterwards."""
    said = [[each.id, each.person, each.kind, each.subject, each.edit, each.body] for each in entries]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
