"""Runs BPMN diagrams: the only part of onepermit that knows SpiffWorkflow."""

from engine.workflow.describe import describe
from engine.workflow.errors import CannotMove, NotReady, OtherModel, UnknownFact
from engine.workflow.model import Model, read_model
from engine.workflow.run import abandon, complete, deliver, fire_timers, start
from engine.workflow.values import Moved, Opened, Step, Timer

__all__ = [
    "CannotMove",
    "Model",
    "Moved",
    "NotReady",
    "Opened",
    "OtherModel",
    "Step",
    "Timer",
    "UnknownFact",
    "abandon",
    "complete",
    "deliver",
    "describe",
    "fire_timers",
    "read_model",
    "start",
]
