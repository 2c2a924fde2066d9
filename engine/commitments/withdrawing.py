"""A promise of a filed case is withdrawn before the decision: the item goes the usual way from here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from engine.assignment import office_of
from engine.cases import Case, load_case
from engine.commitments.standing import SIGNED, WITHDRAWN
from engine.consequences import follow
from engine.deployments import Deployment, load
from engine.errors import NotFound, Refusal
from engine.events import actor_of, append
from engine.happenings import Happened
from engine.limits import due_at
from engine.people import User
from engine.said import COMMITMENT, USUAL
from engine.step_forms import step_of
from engine.tables import case_items, cases, commitments, tasks
from engine.taking import PROMISE


class Decided(Refusal):
    """The item was decided before the applicant changed their mind."""

    says = "这个事项已经作出决定，承诺不能再撤回。"
    do = "不想再经营的，可以申请注销；对决定不服的，可以申请行政复议或者提起行政诉讼。"


def withdraw_commitment(db: Connection, *, user: User, number: str, item: str, now: datetime) -> None:
    """Let an item of the applicant's case be reviewed as usual; its open decision becomes its review.

    Raises NotFound for another's case or an item that is not promised, Decided once there is an outcome.
    """
    query = select(cases.c.id).where(cases.c.number == number, cases.c.applicant_id == user.id)
    case_id = db.execute(query).scalar()
    if case_id is None:
        raise NotFound("没有找到这个办件。", "请从“我的办件”进入自己的办件。")
    case = load_case(db, case_id)
    found = case.items.get(item)
    if found is None or found.way != COMMITMENT or case.process:
        raise NotFound("这个事项没有告知承诺，不用撤回。", "请返回办件页面查看。")
    if found.outcome is not None or case.ended_at is not None:
        raise Decided
    usual = replace(case, items={**case.items, item: replace(found, way=USUAL)})
    deployment = load(db, case.deployment_id)
    title = deployment.catalogue_on(case.filed_on).item(item).name
    append(db, case, user, "commitment_withdrawn", {"item": item, "title": title}, now)
    of_item = (case_items.c.case_id == case.id, case_items.c.item == item)
    db.execute(update(case_items).where(*of_item).values(way=USUAL))
    promise = (commitments.c.case_id == case.id, commitments.c.item == item, commitments.c.state == SIGNED)
    db.execute(update(commitments).where(*promise).values(state=WITHDRAWN))
    _review_instead(db, usual, deployment, item, now)
    after = load_case(db, case.id)
    follow(db, Happened("commitment_withdrawn", after, deployment, actor_of(user.id), (item,)), now)


def _review_instead(db: Connection, case: Case, deployment: Deployment, item: str, now: datetime) -> None:
    """The open task of a promise becomes the one that its diagram draws, at the reviewing office."""
    match = (
        tasks.c.case_id == case.id,
        tasks.c.item == item,
        tasks.c.act == PROMISE,
        tasks.c.state == "open",
    )
    for task in db.execute(select(tasks.c.id, tasks.c.step).where(*match)).all():
        db.execute(
            update(tasks)
            .where(tasks.c.id == task.id)
            .values(_as_drawn(case, deployment, task.step, item, now))
        )


def _as_drawn(
    case: Case, deployment: Deployment, step: str, item: str, now: datetime
) -> Mapping[str, object]:
    drawn = step_of(deployment, case, step, item)
    office = office_of(drawn, deployment.catalogue_on(case.filed_on), case.region)
    return {
        "title": drawn.title,
        "act": drawn.act,
        "role": office.role,
        "department": office.department,
        "region": office.region,
        "due_at": due_at(drawn.limit, now),
        "assignee_id": None,  # whoever had claimed it works for another office
        "opened_at": now,
    }
