"""Plays the token game of BPMN 2.0 (chapter 13) on a diagram as it stands, by brute force, for comparison.

Knows nothing of nets: tokens lie on flows and in activities; an inclusive join waits while a token elsewhere
can still reach one of its empty flows. Only models of a few nodes can be played through.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from engine.check.scope import Scope

Tokens = frozenset[tuple[str, int]]
MOST = 4_000


class TooMany(Exception):
    """There are too many states to play through."""


def is_sound(scope: Scope) -> bool:
    """Whether no token can double and an end can be reached from every state. Raises TooMany."""
    first = frozenset((flow.id, 1) for start in scope.starts() for flow in scope.outgoing[start.id])
    after: dict[Tokens, list[Tokens]] = {}
    waiting = [first]
    while waiting:
        state = waiting.pop()
        if state in after:
            continue
        if any(count > 1 for _, count in state):
            return False
        if len(after) > MOST:
            raise TooMany
        after[state] = [frozenset(Counter(next_).items()) for next_ in _moves(scope, dict(state))]
        waiting.extend(after[state])
    return _all_can_end(after)


def is_ever_before(scope: Scope, early: str, late: str) -> bool:
    """Whether some way finishes `early` when `late` has never been finished. Raises TooMany."""
    first = frozenset((flow.id, 1) for start in scope.starts() for flow in scope.outgoing[start.id])
    seen: set[Tokens] = set()
    waiting = [first]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        if len(seen) > MOST:
            raise TooMany
        seen.add(state)
        for held in _moves(scope, dict(state)):
            after = Counter(held)
            left = {place[1:] for place, _ in state if place.startswith("@") and not after[place]}
            came = [flow.id for id_ in left for flow in scope.outgoing[id_]]
            finished = (
                {id_ for id_ in left if any(after[f.id] for f in scope.outgoing[id_])} if came else left
            )
            if early in finished:
                return True
            if late not in finished:
                waiting.append(frozenset(after.items()))
    return False


def _all_can_end(after: dict[Tokens, list[Tokens]]) -> bool:
    back: dict[Tokens, list[Tokens]] = {}
    for state, reached in after.items():
        for each in reached:
            back.setdefault(each, []).append(state)
    good: set[Tokens] = set()
    waiting = [state for state in after if all(place.startswith("!") for place, _ in state)]
    while waiting:
        state = waiting.pop()
        if state not in good:
            good.add(state)
            waiting.extend(back.get(state, []))
    return good == set(after)


def _moves(scope: Scope, tokens: dict[str, int]) -> Iterator[list[str]]:
    """Each way on, as the list of places that then hold a token."""
    held = list(Counter(tokens).elements())
    for node in scope.nodes.values():
        entering = [flow.id for flow in scope.incoming[node.id]]
        leaving = [flow.id for flow in scope.outgoing[node.id]]
        full = [flow for flow in entering if flow in tokens]
        if node.kind == "parallelGateway":
            if entering and len(full) == len(entering):
                yield _moved(held, entering, leaving)
        elif node.kind == "inclusiveGateway" and len(entering) > 1:
            if full and not _awaited(scope, node.id, tokens):
                yield from (_moved(held, full, out) for out in _choices(scope, node.id))
        elif node.kind == "inclusiveGateway":
            yield from (_moved(held, [flow], out) for flow in full for out in _choices(scope, node.id))
        elif node.kind == "exclusiveGateway":
            yield from (_moved(held, [flow], [out]) for flow in full for out in leaving)
        elif node.kind == "endEvent":
            yield from (_moved(held, [flow], [f"!{node.id}"]) for flow in full)
        else:
            yield from (_moved(held, [flow], [f"@{node.id}"]) for flow in full)
            if f"@{node.id}" in tokens:
                yield _moved(held, [f"@{node.id}"], leaving)
                for boundary in scope.boundaries[node.id]:
                    yield _moved(held, [f"@{node.id}"], [flow.id for flow in scope.outgoing[boundary.id]])


def _choices(scope: Scope, node: str) -> Iterator[list[str]]:
    flows = [flow.id for flow in scope.outgoing[node] if not flow.default]
    yield from ([flow.id] for flow in scope.outgoing[node] if flow.default)
    for size in range(1, len(flows) + 1):
        yield from (list(each) for each in combinations(flows, size))


def _awaited(scope: Scope, join: str, tokens: dict[str, int]) -> bool:
    empty = {flow.id for flow in scope.incoming[join] if flow.id not in tokens}
    for place in tokens:
        if place.startswith("!") or (place in scope.flows and scope.flows[place].target == join):
            continue
        here = place[1:] if place.startswith("@") else scope.flows[place].target
        passed = scope.reached([here], aside=False, without=join)
        if any(flow.id in empty for id_ in passed for flow in scope.outgoing[id_]):
            return True
    return False


def _moved(held: list[str], gone: list[str], come: list[str]) -> list[str]:
    rest = Counter(held)
    rest.subtract(gone)
    return [*rest.elements(), *come]
