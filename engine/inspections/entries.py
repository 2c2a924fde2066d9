"""Reads what a phone noted: keeps what it knows of, and says in words what is wrong with the rest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from engine.inspections.fold import FAIL, KINDS, PARTY, POINT, REFUSED, RESULTS, SIGNATURE, SIGNED, Entry
from engine.inspections.moments import put_right, read_moment, skew_of
from engine.inspections.strokes import read_strokes
from forms.characters import tidy, unwelcome
from forms.glyphs import undrawable

LONGEST_WORDS = 500  # characters
LONGEST_NAME = 40
MOST_COVERED = 2_000  # entries that one signature may cover
HIGHEST_EDIT = 2**31 - 1
# Ahead of all that was noted before: far more than hands can note off line, and so little that nobody can use
# up the numbers; entries are never deleted, and the next one of every phone has to be higher.
FARTHEST_AHEAD = 100_000
ID = re.compile(r"[A-Za-z0-9_-]{8,64}")

MALFORMED = "这条记录不完整，系统读不懂。"
UPDATE = "请刷新页面更新程序后再发送；记录还在这部手机里。"
Body = dict[str, Any]


class Unreadable(Exception):
    """An entry that cannot be kept: `says` is what is wrong with it, `do` what the inspector can do."""

    def __init__(self, says: str = MALFORMED, do: str = UPDATE) -> None:
        super().__init__(says)
        self.says, self.do = says, do


@dataclass(frozen=True)
class Sending:
    """One sending from one phone: who sent, from which, when by its clock and by ours.

    `last_edit` is the highest edit that the visit had before.
    """

    person: int
    device: str
    sent_at: datetime
    now: datetime
    last_edit: int


def read_entry(raw: object, sending: Sending) -> Entry:
    """The entry that a phone sent, with nothing in it but what its kind holds. Raises Unreadable.

    A time that cannot be read counts as that of the sending: what was noted matters more than when.
    """
    if not isinstance(raw, Mapping) or not isinstance(raw.get("body"), Mapping):
        raise Unreadable
    id, kind, subject, edit = (raw.get(name) for name in ("id", "kind", "subject", "edit"))
    if not is_id(id) or kind not in KINDS or type(edit) is not int:
        raise Unreadable
    if not 0 <= edit <= min(sending.last_edit + FARTHEST_AHEAD, HIGHEST_EDIT):
        raise Unreadable
    if kind == POINT and not isinstance(subject, str):
        raise Unreadable
    return Entry(
        id=id,
        person=sending.person,
        device=sending.device,
        kind=kind,
        subject=str(subject) if kind == POINT else "",
        edit=edit,
        body=_READ[kind](raw["body"]),
        noted_at=put_right(read_moment(raw.get("noted_at")) or sending.sent_at, sending.sent_at, sending.now),
        skew=skew_of(sending.sent_at, sending.now),
    )


def is_id(value: object) -> TypeGuard[str]:
    """Whether this can be the id of an entry or a photo, or the name of a phone."""
    return isinstance(value, str) and ID.fullmatch(value) is not None


def words_of(value: object, longest: int, lines: bool = True) -> str:
    """Words as they may stand in the minutes. Raises Unreadable for what is too long or cannot be printed."""
    if not isinstance(value, str):
        raise Unreadable
    words = tidy(value)
    if len(words) > longest:
        says = f"文字太长：最多 {longest} 个字，现在有 {len(words)} 个字。"
        raise Unreadable(says, "请改短后再保存；原来的文字还在这部手机里。")
    if fault := unwelcome(words, lines):
        raise Unreadable(fault, "请删去这个字符后再保存。")
    if char := undrawable(words.replace("\t", " ")):
        raise Unreadable(f"字符“{char}”在踏勘记录里印不出来。", "请删去或者换成规范汉字后再保存。")
    return words


def _point(body: Mapping[str, Any]) -> Body:
    if body.get("result") == "":
        raise Unreadable("写了情况，但没有选结果。", "请选择合格、不合格或者不适用，再保存一次。")
    if body.get("result") not in RESULTS:
        raise Unreadable
    words = words_of(body.get("words", ""), LONGEST_WORDS)
    if body["result"] == FAIL and not words:
        raise Unreadable("判为不合格，但没有写明情况。", "请写明哪里不合格，再保存一次。")
    return {"result": body["result"], "words": words}


def _signature(body: Mapping[str, Any]) -> Body:
    return {**_hand(body), "covers": _covers(body)}


def _party(body: Mapping[str, Any]) -> Body:
    answer, name = body.get("answer"), words_of(body.get("name", ""), LONGEST_NAME, lines=False)
    if answer not in (SIGNED, REFUSED):
        raise Unreadable
    words = words_of(body.get("words", ""), LONGEST_WORDS)
    if answer == REFUSED and not words:
        raise Unreadable("申请人一方没有签名，但没有写明原因。", "请写明为什么没有签名，再保存一次。")
    if answer == SIGNED and not name:
        raise Unreadable("没有写明申请人一方签名的是谁。", "请填写签名人的姓名，再保存一次。")
    hand = _hand(body) if answer == SIGNED else {"strokes": []}
    return {"answer": answer, "name": name, "words": words, **hand, "covers": _covers(body)}


def _hand(body: Mapping[str, Any]) -> Body:
    """What was signed with: strokes on the screen, or `paper`, the id of a photo of the signed paper."""
    if is_id(body.get("paper")):
        return {"strokes": [], "paper": body["paper"]}
    return {"strokes": _strokes(body)}


def _strokes(body: Mapping[str, Any]) -> list[list[list[int]]]:
    strokes = read_strokes(body.get("strokes"))
    if strokes is None:
        raise Unreadable("签名是空的，或者太复杂。", "请清除后重新签名。")
    return [[[*point] for point in line] for line in strokes]


def _covers(body: Mapping[str, Any]) -> list[str]:
    ids = body.get("covers")
    if not isinstance(ids, list) or len(ids) > MOST_COVERED or not all(map(is_id, ids)):
        raise Unreadable
    return sorted(set(ids))


_READ = {POINT: _point, SIGNATURE: _signature, PARTY: _party}
