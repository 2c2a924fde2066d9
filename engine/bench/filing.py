"""Files made-up cases for benches: rows as wide as in life, with every department's first task open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, Engine, insert, select

from engine.advance import move_on
from engine.bench.industry import NOW, REGION, REVIEW
from engine.cases import load_case
from engine.commands.complete import Completed, complete
from engine.database import run, transaction
from engine.deployments import Deployment, publish
from engine.facts import facts_of
from engine.files import Files
from engine.people import Membership, User, add_user, find_user
from engine.tables import case_items, cases, subjects, tasks
from engine.workflow import start

ANSWERS = {f"field_{number}": "答" * 40 for number in range(1, 41)}  # about 5 KB, as a filled-in form has


@dataclass(frozen=True)
class Filed:
    """Cases that were just filed, and the clerk who may do every task of theirs."""

    clerk: User
    cases: Sequence[int]


def file_cases(engine: Engine, industry: str, designed: Files, count: int) -> Filed:
    """Publish an industry as its files say and file `count` cases of it."""
    with transaction(engine) as db:
        deployment, _ = publish(db, designed, industry, NOW)
        clerk = _clerk(db, deployment)
        applicant = add_user(db, login="filer", name="某乙", password="bench", roles=(), now=NOW)
        subject = {"uscc": industry, "name": "某店"}
        owner = db.execute(insert(subjects).values(subject).returning(subjects.c.id)).scalar_one()
    filed = [run(engine, partial(_file, deployment, owner, applicant, number)) for number in range(count)]
    return Filed(clerk, filed)


def complete_one(engine: Engine, clerk: User, task: str) -> Completed:
    """Complete a task as production does."""
    return run(engine, lambda db: complete(db, user=clerk, task=task, raw=REVIEW, now=NOW))


def open_steps(engine: Engine, case_id: int) -> Sequence[tuple[str, str]]:
    """The steps of a case that wait for a clerk with their task ids, in the order of the steps' names."""
    query = select(tasks.c.step, tasks.c.id).where(tasks.c.case_id == case_id, tasks.c.state == "open")
    with transaction(engine) as db:  # committed: after a rollback the driver forgets its prepared statements
        return [(row.step, row.id) for row in db.execute(query.order_by(tasks.c.step))]


def _clerk(db: Connection, deployment: Deployment) -> User:
    roles = [Membership("clerk", department, REGION) for department in deployment.catalogue.departments]
    id = add_user(db, login="bench", name="某甲", password="bench", roles=roles, now=NOW)
    found = find_user(db, id)
    assert found is not None
    return found


def _file(deployment: Deployment, owner: int, applicant: int, number: int, db: Connection) -> int:
    row = {
        "number": f"{deployment.industry}-{number}",
        "industry": deployment.industry,
        "region": REGION,
        "subject_id": owner,
        "applicant_id": applicant,
        "deployment_id": deployment.id,
        "operator": "某店",
        "uscc": "",
        "phone": "",
        "status": "submitted",
        "guide": {"place": REGION},
        "answers": ANSWERS,
        "sources": {},
        "workflow_state": b"",
        "committed_on": NOW.date(),
        "submitted_at": NOW,
    }
    case_id: int = db.execute(insert(cases).values(row).returning(cases.c.id)).scalar_one()
    items = deployment.catalogue.items.values()
    db.execute(
        insert(case_items),
        [
            {
                "case_id": case_id,
                "item": item.id,
                "name": item.name,
                "authority": item.authority,
                "region": REGION,
                "visit": False,
            }
            for item in items
        ],
    )
    case = load_case(db, case_id)
    moved = start(deployment.model, facts_of(case, deployment.model.steps, NOW))
    move_on(db, case, deployment, moved, "submitted", {}, "bench", NOW)
    return case_id
