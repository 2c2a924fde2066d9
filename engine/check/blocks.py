"""Pairs each inclusive split with the join that waits for exactly the branches it chose.

A join whose branches mix with other flows would wait for tokens that may never come, or not wait for
some that do: without a pair it is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.check.scope import Scope
from engine.diagram import Flow


@dataclass(frozen=True)
class Blocks:
    """`joins`: join id → {its incoming flow: the outgoing flow of the split that leads there}.

    `splits`: split id → join id; `unpaired`: joins that have no split of their own.
    """

    joins: Mapping[str, Mapping[str, str]]
    splits: Mapping[str, str]
    unpaired: tuple[str, ...]


def find_blocks(scope: Scope) -> Blocks:
    """All pairs of one scope."""
    inclusive = [node.id for node in scope.nodes.values() if node.kind == "inclusiveGateway"]
    splits = [id_ for id_ in inclusive if len(scope.outgoing[id_]) > 1]
    joins = [id_ for id_ in inclusive if len(scope.incoming[id_]) > 1]
    paired: dict[str, Mapping[str, str]] = {}
    by_split: dict[str, str] = {}
    for split in splits:
        for join in joins:
            if split != join and join not in paired and (branches := _branches(scope, split, join)):
                paired[join], by_split[split] = branches, join
                break
    return Blocks(paired, by_split, tuple(join for join in joins if join not in paired))


def _branches(scope: Scope, split: str, join: str) -> Mapping[str, str] | None:
    """Incoming flow of the join → outgoing flow of the split, or None when they are no pair."""
    branch_of: dict[str, str] = {}
    taken: set[str] = set()
    for flow in scope.outgoing[split]:
        region = set() if flow.target == join else scope.reached([flow.target], aside=False, without=join)
        exits = [] if region else [flow.id]
        exits += [f.id for id_ in region for f in scope.outgoing[id_] if f.target == join]
        if split in region or region & taken or not exits or not _closed(scope, region, flow):
            return None
        taken |= region
        branch_of |= dict.fromkeys(exits, flow.id)
    return branch_of if set(branch_of) == {flow.id for flow in scope.incoming[join]} else None


def _closed(scope: Scope, region: set[str], entry: Flow) -> bool:
    """Nothing enters the region but by `entry`, and nothing ends in it."""
    for id_ in region:
        if not scope.outgoing[id_] or scope.nodes[id_].kind == "startEvent":
            return False
        if any(flow.source not in region and flow.id != entry.id for flow in scope.incoming[id_]):
            return False
    return True
