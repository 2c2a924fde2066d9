"""Proves that every case can come to its end, one step at a time; or shows how it gets stuck or doubles."""

from collections.abc import Iterator

from engine.check.blocks import Blocks, find_blocks
from engine.check.net import Net, build_net, node_of
from engine.check.reduction import reduce
from engine.check.scope import ACTIVITIES, Scope
from engine.check.states import BEGIN, MOST_STATES, State, Walk, fire, walk
from engine.diagram import Node
from forms.mistakes import Mistake

_MOST_STEPS = 2_000  # states looked at to explain what has already been found
_LONGEST_WAY = 10  # steps of a way that is told


def check_soundness(scope: Scope, most: int = MOST_STATES) -> Iterator[Mistake]:
    """The scope's main flow and each reminder beside it. The structure must be free of mistakes.

    What has more than `most` states after the reduction is refused unproved.
    """
    blocks = find_blocks(scope)
    for join in blocks.unpaired:
        yield _unpaired(scope, join)
    if not blocks.unpaired:
        for start in scope.starts():
            yield from _prove(scope, blocks, start.id, most)
        yield from _beside(scope, blocks, most)


def _unpaired(scope: Scope, join: str) -> Mistake:
    return scope.mistake(
        "or-unpaired",
        join,
        f"包容网关“{scope.nodes[join].title}”汇合的各路，不是由一个包容网关分出来的，不知道该等哪几路。",
        "请让包容网关成对：一个分开，一个汇合，中间的支路不与外面相连、也不中途结束；"
        "并行分开的用并行网关汇合，二选一的用排他网关汇合。",
    )


def _beside(scope: Scope, blocks: Blocks, most: int) -> Iterator[Mistake]:
    """What a non-interrupting boundary event starts runs beside the main flow and must stay there."""
    main = scope.reached((start.id for start in scope.starts()), aside=False)
    for boundary in scope.nodes.values():
        if boundary.kind == "boundaryEvent" and not boundary.interrupting:
            shared = main & scope.reached([boundary.id], aside=False)
            for id_ in [id_ for id_ in scope.nodes if id_ in shared][:1]:
                yield scope.mistake(
                    "side-joins",
                    boundary.id,
                    f"边界事件“{boundary.title}”不中断办理，它引出的支路却走回了主流程的“{scope.nodes[id_].title}”，"
                    "后面会办两遍。",
                    "请让这条支路走到自己的结束事件；要改走别的路，请把边界事件设为中断（实线圆圈）。",
                )
            if not shared:
                yield from _prove(scope, blocks, boundary.id, most)


def _prove(scope: Scope, blocks: Blocks, seed: str, most: int) -> Iterator[Mistake]:
    net = build_net(scope, blocks, seed)
    seen = walk(reduce(net.transitions), most=most)
    if seen.double:
        yield _explain(scope, net, seen.trail(seen.double[0]))
    elif not seen.complete:
        yield scope.mistake(
            "too-complex",
            seed,
            "流程的分合太复杂，无法逐一验证每种走法都能办结。",
            "请让分开与汇合成对，或把一段移到子流程里。",
        )
    elif stuck := seen.stuck():
        yield _explain(scope, net, seen.trail(stuck[0]))


def _explain(scope: Scope, net: Net, trail: tuple[int, ...]) -> Mistake:
    """Follows the trail in the whole net, then on to where a token doubles or nothing moves any more."""
    tokens: dict[str, int] = dict(BEGIN)
    for count, index in enumerate(trail):
        after = fire(net.transitions[index], tokens)
        if after is None:
            break
        tokens = after
        if any(number > 1 for number in tokens.values()):
            return _twice(scope, net, frozenset(tokens.items()), trail[: count + 1])
    seen = walk(net.transitions, frozenset(tokens.items()), _MOST_STEPS)
    if seen.double:
        return _twice(scope, net, seen.double[0], trail + seen.trail(seen.double[0]))
    return _stuck(scope, net, seen, trail)


def _twice(scope: Scope, net: Net, state: State, trail: tuple[int, ...]) -> Mistake:
    place = min(place for place, count in state if count > 1)
    node = _meeting(scope, place)
    if place.startswith("done:"):  # one branch of the pair has become several, all of which reach the join
        return _unpaired(scope, node.id)
    return scope.mistake(
        "arrives-twice",
        node.id,
        f"同一个办件会走到“{node.title}”两次：并行的几路没有汇合。走法：{_way(scope, net, trail)}。",
        "请在它前面用并行网关（包容网关分开的用包容网关）先汇合；不该并行的，分开处改用排他网关。",
    )


def _meeting(scope: Scope, place: str) -> Node:
    """Where the tokens of a doubled place met: the merge just before it, else where they are now."""
    kind, _, id_ = place.partition(":")
    if kind == "flow" and len(scope.incoming[scope.flows[id_].source]) > 1:
        return scope.nodes[scope.flows[id_].source]
    return scope.nodes[node_of(scope, place)]


def _stuck(scope: Scope, net: Net, seen: Walk, trail: tuple[int, ...]) -> Mistake:
    dead = [state for state, steps in seen.after.items() if not steps]
    for state in dead:
        full = {place for place, _ in state}
        for origin, transition in zip(net.origins, net.transitions, strict=True):
            if len(transition.takes) > 1 and full & transition.takes.keys():
                missing = [place for place in transition.takes if place not in full]
                return _waits(scope, net, origin.node, missing, trail + seen.trail(state))
    here = _resting(scope, next(iter(dead or seen.after)))
    return scope.mistake(
        "never-ends",
        here.id,
        f"走到“{here.title}”以后，怎样都到不了结束。走法：{_way(scope, net, trail)}。",
        "请给这一段加一条通向结束事件的出路。",
    )


def _waits(scope: Scope, net: Net, join: str, missing: list[str], trail: tuple[int, ...]) -> Mistake:
    flows = [scope.flows[place.rpartition("|")[2].removeprefix("flow:")] for place in missing]
    lost = "、".join(dict.fromkeys(f"“{scope.nodes[flow.source].title}”" for flow in flows))
    return scope.mistake(
        "deadlock",
        join,
        f"办件会卡住：网关“{scope.nodes[join].title}”要等各路到齐，但来自{lost}的一路不会到。"
        f"走法：{_way(scope, net, trail)}。",
        "分开与汇合要用同一种网关：排他网关分开的用排他网关汇合，并行的用并行；"
        "并行支路上的中断边界事件也要走到汇合处。",
    )


def _resting(scope: Scope, state: State) -> Node:
    """The node that a token waits at, of those that are not ends."""
    places = sorted(place for place, _ in state)
    for place in places:
        node = scope.nodes.get(node_of(scope, place)) if place != "start" else None
        if node is not None and node.kind != "endEvent":
            return node
    return scope.starts()[0]


def _way(scope: Scope, net: Net, trail: tuple[int, ...]) -> str:
    """The steps of a trail in the words of the diagram, the last ones when there are many."""
    words = [word for index in trail if (word := _word(scope, *net.origins[index]))]
    shown = words[-_LONGEST_WAY:]
    return " → ".join(["…", *shown] if len(words) > len(shown) else shown)


def _word(scope: Scope, node_id: str, flow_id: str) -> str:
    if node_id not in scope.nodes:
        return ""
    node = scope.nodes[node_id]
    if flow_id:
        flow = scope.flows[flow_id]
        return f"{node.title}（{flow.name or scope.nodes[flow.target].title}）"
    return node.title if node.kind in ACTIVITIES or node.kind.endswith("Event") else ""
