"""Tells where a case stands, for colouring its diagram."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.workflow.codec import read
from engine.workflow.model import Model
from engine.workflow.numbering import element_named

_WORDS = {TaskState.READY: "active", TaskState.STARTED: "active", TaskState.WAITING: "waiting"}


def describe(model: Model, state: bytes) -> dict[str, str]:
    """Element id → "done", "active" or "waiting", for all processes; flows that were taken are "done".

    What was never reached is left out. A gateway or an event that waits is "waiting"; a task that waits
    for a person or a handler, and a call under way, are "active". Raises OtherModel.
    """
    (done, taken, _, processes), _ = read(model, state)
    numbering = model.numbering
    words = dict.fromkeys(_chosen(numbering.elements, int(done, 16)), "done")
    words.update(dict.fromkeys(_chosen(numbering.flows, int(taken, 16)), "done"))
    for number, _, _, rows in processes:
        words.update(_open(rows, numbering.specs[numbering.processes[number]], numbering.element_number))
    return words


def _open(rows: list[list[Any]], names: tuple[str, ...], elements: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows:
        element, word = element_named(names[row[0]]), _WORDS.get(row[2])
        if word and element in elements and found.get(element) != "active":
            found[element] = word
    return found


def _chosen(names: tuple[str, ...], bits: int) -> list[str]:
    return [name for number, name in enumerate(names) if bits >> number & 1]
