"""Moves a case on: the diagram decides what comes next, and every trace of it is written in one go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from engine import store
from engine.assignment import office_of
from engine.cases import Case, CaseItem
from engine.deployments import Deployment
from engine.errors import CaseMoved
from engine.events import actor_of, line
from engine.facts import facts_of
from engine.incidents import STUCK, open_incident
from engine.points import failing, visited
from engine.said import Said, Words
from engine.status import status_of
from engine.tables import inspections, tasks
from engine.taking import OF_VISIT, as_taken, is_moot, visit_of
from engine.workflow import Moved, NotReady, Opened, Step, abandon, complete


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
    model = deployment.model_of(case.process)
    try:
        moved = complete(model, case.state, done.task_id, facts_of(case, model.steps, now))
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
        finished=store.Finished(done.task_id, done.said.outcome, done.form, done.user_id),
        words=_signed(done.said.items, done.user_id, now),
    )


def close_items(
    db: Connection,
    case: Case,
    deployment: Deployment,
    said: Said,
    event: str,
    payload: Mapping[str, object],
    user_id: int | None,
    now: datetime,
) -> Case:
    """Give undecided items an outcome outside of their steps, and pass over what waits for them.

    The case ends when every item has its outcome and none was granted.
    """
    case = heard(case, said)
    _forget_visits(db, case)
    if any(item.outcome in (None, "granted") for item in case.items.values()):
        moved = _passed(db, case, deployment, tuple(said.items), now)
    else:
        moved = abandon(deployment.model_of(case.process), case.state)
    words = _signed(said.items, user_id, now)
    return move_on(db, case, deployment, moved, event, payload, actor_of(user_id), now, words=words)


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
    words: Mapping[str, Mapping[str, object]] | None = None,
) -> Case:
    """Write what a move of the diagram brought: case, log, tasks, timers, jobs. Stuck is an incident."""
    catalogue = deployment.catalogue_on(case.filed_on)
    moved = settled(case, deployment, moved, now)
    new = tuple(
        store.NewTask(opened, office_of(opened.step, catalogue, case.region)) for opened in moved.opened
    )
    gone = {finished.task_id if finished else None, *moved.closed}
    waiting = {task_id: act for task_id, act in case.open_tasks.items() if task_id not in gone}
    waiting.update((task.opened.task_id, task.opened.step.act or "") for task in new)
    status = status_of(case, set(waiting.values()), moved.ended)
    entry = line(case.id, case.last_seq + 1, case.last_hash, at=now, actor=actor, type=event, payload=payload)
    store.save(db, store.Change(case, moved, status, entry, new, finished, words or {}))
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


def settled(case: Case, deployment: Deployment, moved: Moved, now: datetime) -> Moved:
    """The move with its new steps as this case takes them; those that are moot are passed over at once."""
    model = deployment.model_of(case.process)
    visit = visit_of(case, deployment.catalogue_on(case.filed_on))
    while True:
        taken = [_taken(opened, case, deployment) for opened in moved.opened]
        moot = next((each for each in taken if is_moot(each.step, case, visit)), None)
        if moot is None:
            return replace(moved, opened=tuple(taken))
        after = complete(model, moved.state, moot.task_id, facts_of(case, model.steps, now))
        moved = replace(moved, opened=tuple(taken)).then(after, moot.task_id)


def heard(case: Case, said: Said) -> Case:
    """The case with what a task just said about it."""
    accepted = case.accepted if said.accepted is None else said.accepted
    spoken = {item: _spoken(case.items[item], words) for item, words in said.items.items()}
    return replace(case, items={**case.items, **spoken}, accepted=accepted, words={**case.words, **said.case})


def _taken(opened: Opened, case: Case, deployment: Deployment) -> Opened:
    each = opened.each if isinstance(opened.each, str) and opened.each in case.items else None
    return replace(opened, step=as_taken(opened.step, case, deployment.catalogue_on(case.filed_on), each))


def _passed(
    db: Connection, case: Case, deployment: Deployment, items: Collection[str], now: datetime
) -> Moved:
    """What follows when the tasks that wait for these items are passed over."""
    model = deployment.model_of(case.process)
    moved = Moved(case.state, (), (), (), (), ended=False, stuck=False, ends=())
    visit = visit_of(case, deployment.catalogue_on(case.filed_on))
    waiting = select(tasks.c.id, tasks.c.act, tasks.c.item).where(tasks.c.case_id == case.id)
    waiting = waiting.where(tasks.c.state == "open", tasks.c.kind == "user").order_by(tasks.c.id)
    for task_id, act, item in db.execute(waiting):
        if visit.is_moot(act, item) or (item in items and act not in OF_VISIT):
            after = complete(model, moved.state, task_id, facts_of(case, model.steps, now))
            moved = moved.then(replace(after, closed=(*after.closed, task_id)), task_id)
    return moved


def _forget_visits(db: Connection, case: Case) -> None:
    """A visit (round 1) or a re-inspection (2) with nothing left to look at takes place no more."""
    over = [number for number, left in ((1, visited(case)), (2, failing(case))) if not left]
    gone = update(inspections).where(inspections.c.case_id == case.id, inspections.c.round.in_(over))
    db.execute(gone.where(inspections.c.state.in_(("proposed", "settled"))).values(state="cancelled"))


def _spoken(item: CaseItem, words: Words) -> CaseItem:
    return replace(
        item,
        opinion=words.get("opinion", item.opinion),
        finding=words.get("finding", item.finding),
        outcome=words.get("outcome", item.outcome),
    )


def _signed(items: Mapping[str, Words], user_id: int | None, now: datetime) -> dict[str, dict[str, object]]:
    """The words about items, a decision with the time and the person who made it."""
    signature: dict[str, object] = {"decided_at": now, "decided_by": user_id}
    return {
        item: {**words, **signature} if "outcome" in words else dict(words) for item, words in items.items()
    }
