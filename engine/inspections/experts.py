"""Experts of a visit: invited by a link that opens this visit and nothing else, and dies with its closing."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select, update

from engine.cases import load_case
from engine.errors import Invalid, NotAllowed, NotFound
from engine.events import append
from engine.inspections.before import visit_before
from engine.inspections.entries import Unreadable, words_of
from engine.inspections.inspection import PROPOSED, SETTLED
from engine.people import User
from engine.tables import inspection_experts, inspections

RANDOM = 24  # bytes of a token: it is not to be guessed
LASTS = timedelta(days=90)  # at most, however long the visit stays open
LONGEST_NAME, LONGEST_ORGANISATION, LONGEST_OPINION = 50, 100, 2_000  # characters
MOST_EXPERTS = 20  # of one visit
GONE = "这个邀请链接打不开。", "它可能已经失效，或者踏勘已经结束；请向邀请您的部门核对。"


@dataclass(frozen=True)
class Expert:
    """Somebody invited; `opined_at` is None until they have written their opinion."""

    id: int
    inspection_id: int
    name: str
    organisation: str
    invited_at: datetime
    expires_at: datetime
    opinion: str
    opined_at: datetime | None


def invite(
    db: Connection,
    *,
    user: User,
    inspection: int,
    name: str,
    organisation: str,
    random_bytes: Callable[[int], bytes],
    now: datetime,
) -> str:
    """Invite an expert to an open visit; returns the token of the link, which is shown once and never kept.

    NotFound for whom the visit is not, NotAllowed after it was closed, Invalid for what is not filled in.
    """
    seat, case = visit_before(db, user, inspection)
    if not seat.inspection.is_open:
        raise NotAllowed("这次踏勘已经结束或者取消，不能再邀请专家。", "请返回查看踏勘记录。")
    said = {
        "name": _words("name", name, LONGEST_NAME, "请填写专家的姓名。"),
        "organisation": _words("organisation", organisation, LONGEST_ORGANISATION, "请填写专家的单位。"),
    }
    if _count(db, inspection) >= MOST_EXPERTS:
        raise Invalid({"name": f"一次踏勘最多邀请 {MOST_EXPERTS} 位专家。"})
    token = urlsafe_b64encode(random_bytes(RANDOM)).decode()
    row = {"inspection_id": inspection, **said, "token_sha256": _sha256(token), "invited_by": user.id}
    row |= {"invited_at": now, "expires_at": now + LASTS}
    db.execute(insert(inspection_experts).values(row))
    append(db, case, user, "expert_invited", {"inspection": inspection, "title": said["organisation"]}, now)
    return token


def expert_for(db: Connection, token: str, now: datetime) -> Expert:
    """Who was invited by this token; NotFound in the same words for a wrong, an old and a closed one."""
    e = inspection_experts.c
    query = (
        select(*(e[name] for name in Expert.__dataclass_fields__))
        .join(inspections, inspections.c.id == e.inspection_id)
        .where(e.token_sha256 == _sha256(token), e.expires_at > now)
        .where(inspections.c.state.in_((PROPOSED, SETTLED)))
    )
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound(*GONE)
    return Expert(*row)


def experts_of(db: Connection, inspection: int) -> tuple[Expert, ...]:
    """All experts of a visit, in the order in which they were invited; who may see them was asked before."""
    e = inspection_experts.c
    query = select(*(e[name] for name in Expert.__dataclass_fields__)).where(e.inspection_id == inspection)
    return tuple(Expert(*row) for row in db.execute(query.order_by(e.id)))


def opine(db: Connection, *, token: str, words: str, now: datetime) -> None:
    """Keep the expert's one opinion. NotFound as `expert_for`, Invalid without words or for a second one."""
    expert = expert_for(db, token, now)
    case_of = select(inspections.c.case_id).where(inspections.c.id == expert.inspection_id)
    case = load_case(db, db.execute(case_of).scalar_one())
    expert = expert_for(db, token, now)  # again, now that the case is read: nobody closes the visit unseen
    said = _words("words", words, LONGEST_OPINION, "请写下您的意见。")
    if expert.opined_at is not None:
        raise Invalid({"words": "您的意见已经提交过，不能再改。如需更正，请联系邀请您的部门。"})
    this = update(inspection_experts).where(inspection_experts.c.id == expert.id)
    db.execute(this.values(opinion=said, opined_at=now))
    payload = {"inspection": expert.inspection_id, "title": expert.organisation, "sha256": _sha256(said)}
    append(db, case, None, "expert_opined", payload, now)


def _words(field: str, text: str, longest: int, wanted: str) -> str:
    try:
        words = words_of(text, longest, lines=field == "words")
    except Unreadable as fault:
        raise Invalid({field: fault.says}) from fault
    if not words:
        raise Invalid({field: wanted})
    return words


def _count(db: Connection, inspection: int) -> int:
    query = select(func.count()).where(inspection_experts.c.inspection_id == inspection)
    return int(db.execute(query).scalar_one())


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
