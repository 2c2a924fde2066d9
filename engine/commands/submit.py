"""An applicant files: the draft becomes a case with its number, in one transaction, once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from engine.advance import move_on
from engine.cases import Case, load_case
from engine.catalogue import Catalogue
from engine.clock.calendar import read_calendar
from engine.commitments.signing import keep_with_case, ways_of
from engine.consequences import follow
from engine.days import local_day
from engine.deployments import Deployment, load
from engine.drafts import ReadyDraft, ready
from engine.errors import NotFound
from engine.events import actor_of
from engine.facts import facts_of
from engine.happenings import Happened
from engine.later.signing import file
from engine.lifecycle.joining import refuse_unless_joins
from engine.limits import receipt_ends
from engine.numbers import case_number
from engine.people import User
from engine.said import USUAL
from engine.subjects import subject_of
from engine.tables import case_items, cases, drafts, materials
from engine.workflow import start


def submit(db: Connection, *, user: User, draft: str, token: str, now: datetime) -> str:
    """File the draft; returns the case's number. Filed again, by whatever tab, it is the same number.

    Raises Incomplete with the sections that still need work, NotFound for another person's draft, Blocked
    when something was promised for a subject that may not promise; what joins a certificate also CannotJoin,
    or Invalid where it says otherwise than the certificate.
    """
    row = db.execute(
        select(drafts).where(drafts.c.id == draft, drafts.c.user_id == user.id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("没有找到这份申请。", "请从“我的办件”进入自己的申请。")
    if row.case_id is not None:
        return str(db.execute(select(cases.c.number).where(cases.c.id == row.case_id)).scalar_one())
    filed = ready(db, user, draft, now)
    if filed.parent_id is not None:
        refuse_unless_joins(db, filed.parent_id, [item for item, _visit in filed.items], filed.answers)
    ways = ways_of(db, user, draft, now)
    deployment = load(db, filed.deployment_id)
    case = _add_case(db, filed, ways, deployment, user, now)
    keep_with_case(db, draft, case.id, ways)
    file(db, user=user, draft=draft, case_id=case.id, now=now)
    db.execute(update(materials).where(materials.c.draft_id == draft).values(case_id=case.id))
    db.execute(
        update(drafts)
        .where(drafts.c.id == draft)
        .values(state="submitted", submit_token=token, case_id=case.id, updated_at=now)
    )
    ends = receipt_ends(now, read_calendar(db, case.region))
    case = replace(case, words={**case.words, "receipt_ends": ends.isoformat()})
    moved = start(deployment.model, facts_of(case, deployment.model.steps, now))
    payload = {"items": sorted(case.items), "deployment": deployment.sha256}
    case = move_on(db, case, deployment, moved, "submitted", payload, actor_of(user.id), now)
    follow(db, Happened("submitted", case, deployment, actor_of(user.id)), now)
    return case.number


def _add_case(
    db: Connection,
    filed: ReadyDraft,
    ways: Mapping[str, str],
    deployment: Deployment,
    user: User,
    now: datetime,
) -> Case:
    row = {
        "number": case_number(db, filed.region, local_day(now)),
        "industry": deployment.industry,
        "region": filed.region,
        "subject_id": subject_of(db, filed.uscc, filed.operator),
        "applicant_id": user.id,
        "deployment_id": deployment.id,
        "operator": filed.operator,
        "uscc": filed.uscc,
        "phone": filed.phone,
        "status": "submitted",
        "guide": dict(filed.guide),
        "answers": dict(filed.answers),
        "sources": dict(filed.sources),
        "workflow_state": b"",
        "committed_on": filed.committed_on,
        "submitted_at": now,
        "parent_id": filed.parent_id,
        "words": {"left_out": list(filed.left_out)} if filed.left_out else {},
    }
    catalogue = deployment.catalogue_on(local_day(now))
    case_id = db.execute(insert(cases).values(row).returning(cases.c.id)).scalar_one()
    db.execute(
        insert(case_items),
        [
            {**_item_row(case_id, item, visit, catalogue, filed), "way": ways.get(item, USUAL)}
            for item, visit in filed.items
        ],
    )
    return load_case(db, case_id)


def _item_row(
    case_id: int, item: str, visit: bool, catalogue: Catalogue, filed: ReadyDraft
) -> dict[str, object]:
    found = catalogue.item(item)
    return {
        "case_id": case_id,
        "item": item,
        "name": found.name,
        "authority": found.authority,
        "kind": found.kind,
        "reviewer": found.reviewer,
        "region": catalogue.region_for(item, filed.region),
        "visit": visit,
    }
