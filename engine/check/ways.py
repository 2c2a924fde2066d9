"""Follows every way of a case through a process and all that it calls, and adds up what happens on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.check.blocks import find_blocks
from engine.check.net import NOTHING, Effects, build_net, no_effect
from engine.check.reduction import Then, both, reduce
from engine.check.scope import Scope, scopes_of
from engine.check.states import walk
from engine.diagram import Diagram, Flow, Node

ANYTHING: Effects = frozenset((done, count) for done in (False, True) for count in (0, 1, 2))
STEPS = frozenset({"userTask", "serviceTask", "businessRuleTask"})


@dataclass(frozen=True)
class Ways:
    """What the ways of a case that asks for `items` do: `of_step` and `of_flow` say it of one part.

    With `then` the order of what is done matters; without, effects are added up by `both`. The diagrams must
    be sound and free of circles of calls. What has too many ways to follow may have done anything.
    """

    diagrams: Mapping[str, Diagram]
    items: frozenset[str]
    of_step: Callable[[Node], Effects]
    of_flow: Callable[[Flow], Effects] = no_effect
    then: Then | None = None
    _known: dict[str, Effects] = field(default_factory=dict, repr=False, compare=False)

    def of_process(self, process: str) -> Effects:
        """What may have been done when the process is over."""
        if process not in self._known:
            self._known[process] = self._of_scope(Scope(self.diagrams[process], process, process))
        return self._known[process]

    def _of_scope(self, scope: Scope) -> Effects:
        if not self._does_something(scope):
            return NOTHING
        found: Effects = frozenset()
        for start in scope.starts():
            net = build_net(
                scope,
                find_blocks(scope),
                start.id,
                self.items,
                lambda node: self._of_node(scope, node),
                self.of_flow,
            )
            seen = walk(reduce(net.transitions, self.then))
            found |= seen.effects(self.then or both) if seen.complete else ANYTHING
        return found

    def _does_something(self, scope: Scope) -> bool:
        return any(self._of_node(scope, node) != NOTHING for node in scope.nodes.values()) or any(
            self.of_flow(flow) != NOTHING for flow in scope.flows.values()
        )

    def _of_node(self, scope: Scope, node: Node) -> Effects:
        done = NOTHING
        if node.kind == "callActivity":
            done = self.of_process(node.called)
        elif node.kind == "subProcess":
            done = self._of_scope(next(s for s in scopes_of(scope.diagram, scope.process) if s.id == node.id))
        elif node.kind in STEPS:
            done = self.of_step(node)
        return (self.then or both)(done, done) | done if node.repeats else done
