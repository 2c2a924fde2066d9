"""A head answers what was asked for: yes brings about what was wanted, no needs a reason; never one's own."""

from datetime import datetime

from sqlalchemy import Connection, update

from engine.approvals import Approval, find_kind
from engine.approvals.registry import Granted
from engine.cases import load_case
from engine.commands import extend
from engine.corrections import second
from engine.deployments import load
from engine.errors import Invalid, NotAllowed, Refusal
from engine.events import append
from engine.people import User
from engine.queries.approvals import find_approval
from engine.tables import approvals

assert extend and second  # register what granting an extension or a second notice brings


def answer_approval(
    db: Connection, *, user: User, approval: int, granted: bool, words: str, now: datetime
) -> Approval:
    """Answer it once; NotFound for others, Invalid at `words` when a refusal says nothing."""
    case = load_case(db, find_approval(db, user, approval).case_id)
    found = find_approval(db, user, approval)  # again: the case may have been locked for us meanwhile
    if found.asked_by == user.id or case.applicant_id == user.id:
        raise NotAllowed("不能批准自己提请的事项。", "请由另一位负责人答复。")
    if found.state != "open":
        raise Refusal("这项待批事项已经答复过了。", "请返回待批事项，查看还没有答复的。")
    if not granted and not words.strip():
        raise Invalid({"words": "不批准的，请写明理由。"})
    state = "granted" if granted else "refused"
    payload = {
        "approval": found.id,
        "act": found.kind,
        "item": found.item,
        "title": found.values.get("title"),
        "words": words.strip(),
    }
    append(db, case, user, f"approval_{state}", payload, now)
    answer = {"state": state, "answered_by": user.id, "answered_at": now, "words": words.strip()}
    db.execute(update(approvals).where(approvals.c.id == found.id).values(**answer))
    if granted:
        case = load_case(db, case.id)
        deployment = load(db, case.deployment_id)
        find_kind(found.kind).take(db, Granted(found, case, deployment, user), now)
    return found
