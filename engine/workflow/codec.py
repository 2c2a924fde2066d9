"""Writes the state of a case as a few hundred bytes and reads it back: what is open, not the diagram.

A state is zstd over JSON and raw ids. Finished tasks are dropped but for those that an open one still
needs; what was done lives on in two bit sets (History). One row for each task kept:

    [spec number, parent's row, state, has an id, internal data, data]

with zeros cut off at the end. Ids are kept for tasks that somebody outside may name; the others get new ones.
"""

import threading
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import orjson
import zstandard
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.errors import OtherModel
from engine.workflow.fast import CaseSubWorkflow, CaseWorkflow, Flat, History, outward
from engine.workflow.model import Model

FORMAT = 1
ID_BYTES = 16
_OPEN = TaskState.WAITING | TaskState.READY | TaskState.STARTED
_PASSING = {"seen_events", "event_fired"}  # internal data that lasts only during a move
_local = threading.local()  # the compressor's objects are not for several threads


def dump(model: Model, workflow: CaseWorkflow) -> bytes:
    """The state of a workflow at rest."""
    numbering, history = model.numbering, workflow.history
    ids: list[str] = []
    positions: dict[object, int] = {}
    processes = []
    for each in workflow.open_processes():
        called_by = -1 if each is workflow else positions[each.parent_task_id]
        rows = _rows(each, numbering.spec_number[each.spec.name], positions, ids)
        processes.append([numbering.process_number[each.spec.name], called_by, each.rounds, rows])
    document = [
        FORMAT,
        numbering.mark,
        f"{history.done:x}",
        f"{history.taken:x}",
        workflow.completed,
        processes,
    ]
    return _compress(orjson.dumps(document) + b"\0" + bytes.fromhex("".join(ids)))


def load(model: Model, state: bytes, facts: Mapping[str, object]) -> CaseWorkflow:
    """The workflow as it stood, ready to move with these facts. Raises OtherModel."""
    document, ids = read(model, state)
    done, taken, completed, processes = document
    history = History(model.numbering, int(done, 16), int(taken, 16))
    workflow = CaseWorkflow(model.specs, model.process, facts, history, deserializing=True)
    workflow.completed = completed
    tasks: list[Task] = []
    for number, called_by, rounds, rows in processes:
        name = model.numbering.processes[number]
        each = workflow if called_by < 0 else _called(workflow, model.specs[name], tasks[called_by])
        each.rounds = rounds
        _build(each, model.numbering.specs[name], rows, tasks, ids)
    return workflow


def read(model: Model, state: bytes) -> tuple[tuple[str, str, bool, list[Any]], Iterator[str]]:
    """The bare document of a state and its ids in the order of the rows that have one. Raises OtherModel."""
    try:
        text, _, ids = _decompress(state).partition(b"\0")
        form, mark, *document = orjson.loads(text)
    except (zstandard.ZstdError, orjson.JSONDecodeError) as error:
        raise OtherModel from error
    if (form, mark) != (FORMAT, model.numbering.mark):
        raise OtherModel
    done, taken, completed, processes = document
    hexed = ids.hex()
    return (done, taken, completed, processes), (
        hexed[at : at + 2 * ID_BYTES] for at in range(0, len(hexed), 2 * ID_BYTES)
    )


def _rows(
    workflow: Flat, numbers: Mapping[str, int], positions: dict[object, int], ids: list[str]
) -> list[list[Any]]:
    rows = []
    for task in _kept(workflow):
        above = task.parent
        while above is not None and above.id not in positions:
            above = above.parent
        named = _has_id(task)
        if named:
            ids.append(outward(task))
        internal = {key: value for key, value in task.internal_data.items() if key not in _PASSING}
        parent = -1 if above is None else positions[above.id]
        row = [numbers[task.task_spec.name], parent, task.state, int(named), internal or 0, task.data or 0]
        while row[-1] == 0 and len(row) > 3:
            row.pop()
        positions[task.id] = len(positions)
        rows.append(row)
    return rows


def _kept(workflow: Flat) -> Iterator[Task]:
    """Open tasks, the root, and finished tasks that open ones still ask about; parents come first."""
    around: set[object] = set()  # open repetitions, and tasks with boundary events that still listen
    for task in workflow.tasks.values():
        if task._state & _OPEN or task is workflow.task_tree or task._parent in around or _listens(task):
            if task._state == TaskState.STARTED or isinstance(task.task_spec, BoundaryEventSplit):
                around.add(task.id)
            yield task


def _listens(task: Task) -> bool:
    """Whether boundary events of an open task hang below it."""
    return isinstance(task.task_spec, BoundaryEventSplit) and any(
        child._state & _OPEN and not isinstance(child.task_spec, BoundaryEvent) for child in task.children
    )


def _has_id(task: Task) -> bool:
    return bool(task._state & _OPEN) and not isinstance(task.task_spec, Join)


def _build(
    workflow: Flat, names: tuple[str, ...], rows: list[list[Any]], tasks: list[Task], ids: Iterator[str]
) -> None:
    specs, events = workflow.spec.task_specs, workflow.top_workflow.event_manager
    for row, position in zip(rows, count(len(tasks)), strict=False):
        number, above, state, named, internal, data = row + [0] * (6 - len(row))
        parent = tasks[above] if above >= 0 else None
        # Numbers are as good as ids for tasks that nobody outside names.
        task_id = next(ids) if named else position + 1
        task = Task(workflow, specs[names[number]], parent, state, id=task_id)
        task.internal_data, task.data = internal or {}, data or {}
        if parent is None:
            workflow.task_tree = task
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            events.add_task(task)
        tasks.append(task)


def _called(workflow: CaseWorkflow, spec: Any, caller: Task) -> CaseSubWorkflow:
    """The process under way for `caller`, which hears of its end again."""
    each = CaseSubWorkflow(spec, caller.id, workflow, deserializing=True)
    workflow.subprocesses[caller.id] = each
    each.completed_event.connect(caller.task_spec._on_subworkflow_completed, caller)
    return each


def _compress(data: bytes) -> bytes:
    if not hasattr(_local, "compressor"):
        _local.compressor = zstandard.ZstdCompressor(level=1)
    packed: bytes = _local.compressor.compress(data)
    return packed


def _decompress(state: bytes) -> bytes:
    if not hasattr(_local, "decompressor"):
        _local.decompressor = zstandard.ZstdDecompressor()
    text: bytes = _local.decompressor.decompress(state)
    return text
