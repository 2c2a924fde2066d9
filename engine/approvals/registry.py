"""Promises that what an approval brings is found by its kind, and that no kind is registered twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.cases import Case
from engine.deployments import Deployment
from engine.people import User

HEAD = "head"


@dataclass(frozen=True)
class Approval:
    """Something that was asked for and waits for an answer, or has one; `values` are those of its kind.

    `item` is '' when it is about the whole case; `state` is open, granted or refused.
    """

    id: int
    case_id: int
    case_number: str
    operator: str
    item: str
    kind: str
    values: Mapping[str, object]
    reason: str
    role: str
    department: str
    region: str
    state: str
    asked_by: int
    asked_by_name: str
    asked_at: datetime
    words: str


@dataclass(frozen=True)
class Granted:
    """An approval just granted, by whom, with its case as it stands after the log said so."""

    approval: Approval
    case: Case
    deployment: Deployment
    user: User


Take = Callable[[Connection, Granted, datetime], None]
Tell = Callable[[Connection, Approval], str]


@dataclass(frozen=True)
class Kind:
    """A kind of approval: its label, what granting it brings (`tell`, a sentence) and does (`take`)."""

    name: str
    label: str
    tell: Tell
    take: Take


_kinds: dict[str, Kind] = {}


class KindTaken(ValueError):
    """Two modules claim one kind: a fault of the program."""


def granting(name: str, label: str, tell: Tell) -> Callable[[Take], Take]:
    """Register what happens when an approval of this kind is granted; KindTaken when there is one already."""

    def register(take: Take) -> Take:
        if name in _kinds:
            raise KindTaken(f"approval {name!r} is registered twice")
        _kinds[name] = Kind(name, label, tell, take)
        return take

    return register


def find_kind(name: str) -> Kind:
    """The kind of this name; a KeyError is a fault of the program, as only registered ones are asked for."""
    return _kinds[name]
