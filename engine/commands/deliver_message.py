"""Something that a case waits for has happened outside: a supervisor says so, and the case goes on."""

from datetime import datetime

from sqlalchemy import Connection, select

from engine.advance import move_on
from engine.cases import load_case
from engine.deployments import load
from engine.errors import NotFound
from engine.events import actor_of
from engine.facts import facts_of
from engine.people import User
from engine.queries.incidents import seen_by
from engine.tables import cases
from engine.workflow import NotReady, deliver


def deliver_message(db: Connection, *, user: User, number: str, message: str, now: datetime) -> None:
    """Hand `message` to whatever waits for it in the case; NotFound when nothing does, or for others."""
    case_id = db.execute(select(cases.c.id).where(cases.c.number == number, seen_by(user))).scalar()
    if case_id is None:
        raise NotFound("没有找到这个办件。", "请核对受理号；只能处理您督查区划内的办件。")
    case = load_case(db, case_id)
    deployment = load(db, case.deployment_id)
    try:
        facts = facts_of(case, deployment.model.steps, now)
        moved = deliver(deployment.model, case.state, message, facts)
    except NotReady as error:
        raise NotFound("这个办件现在不在等待这条消息。", "请刷新办件页面，查看最新情况。") from error
    move_on(db, case, deployment, moved, "message_delivered", {"message": message}, actor_of(user.id), now)
