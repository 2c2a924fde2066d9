"""Something that a case waits for has happened outside: a supervisor says so, and the case goes on."""

from datetime import datetime

from sqlalchemy import Connection, Engine, select

from engine.advance import move_on
from engine.cases import load_case
from engine.database import run, transaction
from engine.deployments import load
from engine.errors import CannotGoOn, NotFound
from engine.events import actor_of
from engine.facts import facts_of
from engine.incidents import MOVE, explained, open_incident
from engine.people import User
from engine.queries.incidents import seen_by
from engine.tables import cases
from engine.workflow import CannotMove, NotReady, deliver


def deliver_message(db: Connection, *, user: User, number: str, message: str, now: datetime) -> None:
    """Hand `message` to whatever waits for it in the case; NotFound when nothing does, or for others."""
    case_id = db.execute(select(cases.c.id).where(cases.c.number == number, seen_by(user))).scalar()
    if case_id is None:
        raise NotFound("没有找到这个办件。", "请核对受理号；只能处理您督查区划内的办件。")
    case = load_case(db, case_id)
    deployment = load(db, case.deployment_id)
    try:
        model = deployment.model_of(case.process)
        moved = deliver(model, case.state, message, facts_of(case, model.steps, now))
    except NotReady as error:
        raise NotFound("这个办件现在不在等待这条消息。", "请刷新办件页面，查看最新情况。") from error
    move_on(db, case, deployment, moved, "message_delivered", {"message": message}, actor_of(user.id), now)


def deliver_at_once(engine: Engine, *, user: User, number: str, message: str, now: datetime) -> None:
    """The same in a transaction of its own; CannotGoOn, with an incident, when the diagram cannot."""
    try:
        run(engine, lambda db: deliver_message(db, user=user, number=number, message=message, now=now))
    except CannotMove as error:
        with transaction(engine) as db:
            case_id = db.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one()
            says = f"登记“{message}”以后流程走不下去，可能是流程图有误，请联系流程设计人员。"
            open_incident(db, case_id, None, MOVE, says, explained(error), now)
        raise CannotGoOn from error
