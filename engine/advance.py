"""Moves a case on: the diagram decides what comes next, and every trace of it is written in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from engine import store
from engine.acts import Said, Words
from engine.assignment import office_of
from engine.cases import Case, CaseItem
from engine.deployments import Deployment
from engine.errors import CaseMoved
from engine.events import actor_of, line
from engine.facts import facts_of
from engine.incidents import STUCK, open_incident
from engine.status import status_of
from engine.workflow import Moved, NotReady, Step, complete


@dataclass(frozen=True)
class Done:
    """A task that was just finished: by whom (None: by a handler), saying what, with which form."""

    task_id: str
    step: Step
    said: Said
    form: Mapping[str, object] | None
    user_id: int | None


def finish_task(db: Connection, case: Case, deployment: Deployment, done: Done, now: datetime) -> Case:
    """Finish one task and move its case on; returns the case as it now stands."""
    case = heard(case, done.said)
    try:
        facts = facts_of(case, deployment.model.steps, now)
        moved = complete(deployment.model, case.state, done.task_id, facts)
    except NotReady as error:  # the task was open when it was read, the case when it was read had gone on
        raise CaseMoved from error
    payload = {
        "task": done.task_id,
        "step": done.step.id,
        "act": done.step.act,
        "item": done.step.item,
        "outcome": done.said.outcome,
    }
    return move_on(
        db,
        case,
        deployment,
        moved,
        "task_completed",
        payload,
        actor_of(done.user_id),
        now,
        finished=store.Finished(done.task_id, done.said.outcome, done.form, done.user_id, _signed(done, now)),
    )


def move_on(
    db: Connection,
    case: Case,
    deployment: Deployment,
    moved: Moved,
    event: str,
    payload: Mapping[str, object],
    actor: str,
    now: datetime,
    *,
    finished: store.Finished | None = None,
) -> Case:
    """Write what a move of the diagram brought: case, log, tasks, timers, jobs. Stuck is an incident."""
    catalogue = deployment.catalogue_on(case.filed_on)
    new = tuple(
        store.NewTask(opened, office_of(opened.step, catalogue, case.region)) for opened in moved.opened
    )
    gone = {finished.task_id if finished else None, *moved.closed}
    waiting = {task_id: act for task_id, act in case.open_tasks.items() if task_id not in gone}
    waiting.update((task.opened.task_id, task.opened.step.act or "") for task in new)
    status = status_of(case, set(waiting.values()), moved.ended)
    entry = line(case.id, case.last_seq + 1, case.last_hash, at=now, actor=actor, type=event, payload=payload)
    store.save(db, store.Change(case, moved, status, entry, new, finished))
    if moved.stuck:
        open_incident(db, case.id, None, STUCK, "办件停在流程中，没有任何环节可以办理。", "", now)
    return replace(
        case,
        state=moved.state,
        version=case.version + 1,
        status=status,
        last_seq=entry.seq,
        last_hash=entry.hash,
        open_tasks=waiting,
        ended_at=now if moved.ended else None,
    )


def heard(case: Case, said: Said) -> Case:
    """The case with what a task just said about it."""
    accepted = case.accepted if said.accepted is None else said.accepted
    spoken = {item: _spoken(case.items[item], words) for item, words in said.items.items()}
    return replace(case, items={**case.items, **spoken}, accepted=accepted)


def _spoken(item: CaseItem, words: Words) -> CaseItem:
    return replace(
        item,
        opinion=words.get("opinion", item.opinion),
        finding=words.get("finding", item.finding),
        outcome=words.get("outcome", item.outcome),
    )


def _signed(done: Done, now: datetime) -> dict[str, dict[str, object]]:
    """The words about items, a decision with the time and the person who made it."""
    signature: dict[str, object] = {"decided_at": now, "decided_by": done.user_id}
    return {
        item: {**words, **signature} if "outcome" in words else dict(words)
        for item, words in done.said.items.items()
    }
