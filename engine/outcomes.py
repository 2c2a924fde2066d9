"""Says what a finished task, or an end, is in the eyes of the law: the happenings that follow from it."""

from collections.abc import Iterator, Mapping

from engine.advance import Done
from engine.cases import Case
from engine.deployments import Deployment
from engine.events import actor_of
from engine.happenings import Happened
from engine.said import GRANTED, NOT_ACCEPTED, REFUSED

DECIDED = frozenset({GRANTED, REFUSED})


def happenings_of(case: Case, deployment: Deployment, done: Done, minutes: str) -> Iterator[Happened]:
    """What happened when a task of a person was finished; `case` is as it then stands.

    `minutes` names the minutes of a hearing about the item, "" without one.
    """
    actor, values = actor_of(done.user_id), done.form or {}
    if done.step.act == "accept":
        yield from _received(case, deployment, done, actor, values)
    elif done.step.act == "announce":
        said = {name: values.get(name) for name in ("place", "first_day", "last_day")}
        yield Happened("announced", case, deployment, actor, _about(done), said)
    elif done.step.act in ("decide", "promise") and done.said.outcome in DECIDED:
        said = {"minutes": minutes, "commitment": done.step.act == "promise"}
        said |= {"reasons": values.get("reasons") or "", "remedies": values.get("remedies") or ""}
        yield Happened(done.said.outcome, case, deployment, actor, _about(done), said)


def ending_of(case: Case, deployment: Deployment, actor: str) -> Iterator[Happened]:
    """That the case is over, when it is."""
    if case.ended_at is not None and not case.process:
        yield Happened("ended", case, deployment, actor, (), {"status": case.status})


def _received(
    case: Case, deployment: Deployment, done: Done, actor: str, values: Mapping[str, object]
) -> Iterator[Happened]:
    """The window's answer: what it accepted, and what it refused and why."""
    refused = tuple(item for item, words in done.said.items.items() if words.get("outcome") == NOT_ACCEPTED)
    if case.accepted:
        taken = tuple(item for item in sorted(case.items) if case.items[item].outcome is None)
        yield Happened("accepted", case, deployment, actor, taken, {"silent": False})
    if refused:
        names = ("ground", "right_body", "reasons", "remedies")
        said = {name: values.get(name) or "" for name in names}
        yield Happened("not_accepted", case, deployment, actor, refused, said)


def _about(done: Done) -> tuple[str, ...]:
    return (done.step.item,) if done.step.item else ()
