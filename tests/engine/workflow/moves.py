"""Short words for moving a case in a test."""

from collections.abc import Mapping
from typing import Any

from engine.workflow import Model, Moved, complete, read_model


def model_of(files: Mapping[str, str]) -> Model:
    return read_model(files, "top")


def steps(moved: Moved) -> list[str]:
    """The ids of the steps that a move opened."""
    return [opened.step.id for opened in moved.opened]


def task_of(moved: Moved, step: str) -> str:
    """The id of the first task that a move opened at a step."""
    return next(opened.task_id for opened in moved.opened if opened.step.id == step)


def finish(model: Model, moved: Moved, step: str, facts: Mapping[str, Any]) -> Moved:
    """Complete the task of `step` that this move opened."""
    return complete(model, moved.state, task_of(moved, step), facts)
