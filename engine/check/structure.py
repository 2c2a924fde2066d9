"""Checks that a diagram hangs together: ids, ends of flows, one start, ways to an end, no endless circle."""

import re
from collections.abc import Iterable, Iterator

from engine.check.rules import mistake
from engine.check.scope import CHOICES, Scope
from engine.diagram import Diagram, Flow
from forms.mistakes import Mistake

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def check_structure(scope: Scope) -> Iterator[Mistake]:
    """Every mistake in how the nodes of one scope are connected."""
    yield from _ids(scope)
    yield from _dangling(scope)
    yield from _starts(scope)
    yield from _ends(scope)
    yield from _unreachable(scope)
    yield from _endless(scope)


def check_ids(diagrams: Iterable[Diagram]) -> Iterator[Mistake]:
    """One id names one thing, in all diagrams of a process: it is the step's name everywhere."""
    owner: dict[str, str] = {}
    for diagram in diagrams:
        for id_ in diagram.repeated_ids:
            yield mistake(
                "id-twice",
                diagram.file,
                id_,
                f"标识“{id_}”在图里出现了不止一次。",
                "请给其中一个换一个标识（在编辑器的属性面板里改 ID）。",
            )
        ids = [*(node.id for node in diagram.nodes), *(flow.id for flow in diagram.flows)]
        for id_ in filter(None, ids):
            first = owner.setdefault(id_, diagram.file)
            if first != diagram.file:
                yield mistake(
                    "id-twice",
                    diagram.file,
                    id_,
                    f"标识“{id_}”在文件 {first} 里已经用过。",
                    "环节在哪里都用标识称呼，请换一个不重复的标识。",
                )


def _ids(scope: Scope) -> Iterator[Mistake]:
    for id_ in (*scope.nodes, *(flow.id for flow in scope.all_flows)):
        if not _NAME.fullmatch(id_):
            yield scope.mistake(
                "id-missing",
                id_,
                f"标识“{id_}”不能用。" if id_ else "有元素或连线没有标识（id）。",
                "请在编辑器的属性面板里写上 ID：以字母开头，只用字母、数字和下划线。",
            )


def _dangling(scope: Scope) -> Iterator[Mistake]:
    for flow in scope.all_flows:
        if flow.id not in scope.flows:
            lost = flow.source if flow.source not in scope.nodes else flow.target
            yield scope.mistake(
                "flow-dangling",
                flow.id,
                f"连线的一端“{lost}”不在同一个流程里。",
                "请重新连线；子流程的边界不能穿过，跨流程请用调用活动或消息。",
            )
    for node in scope.nodes.values():
        if node.kind == "boundaryEvent" and node.attached_to not in scope.nodes:
            yield scope.mistake(
                "flow-dangling",
                node.id,
                f"边界事件“{node.title}”没有附着在任何环节上。",
                "请把它拖到环节的边框上。",
            )


def _starts(scope: Scope) -> Iterator[Mistake]:
    starts = scope.starts()
    if not starts:
        yield scope.mistake("start-missing", "", "没有开始事件。", "请画一个空的开始事件，连到第一个环节。")
    for start in starts[1:]:
        yield scope.mistake(
            "start-several",
            start.id,
            f"已有开始事件“{starts[0].title}”，又有“{start.title}”。",
            "请只留一个开始事件，不同的开头用排他网关分开。",
        )
    for start in starts:
        if scope.incoming[start.id]:
            yield scope.mistake(
                "start-several",
                start.id,
                f"有连线回到开始事件“{start.title}”。",
                "请让连线回到要重做的环节，开始事件只能引出连线。",
            )


def _ends(scope: Scope) -> Iterator[Mistake]:
    if not any(node.kind == "endEvent" for node in scope.nodes.values()):
        yield scope.mistake("end-missing", "", "没有结束事件。", "请在每条路的最后画一个结束事件。")
    for node in scope.nodes.values():
        leaves = bool(scope.outgoing[node.id])
        if node.kind == "endEvent" and leaves:
            yield scope.mistake(
                "dead-end",
                node.id,
                f"结束事件“{node.title}”后面还有连线，永远不会走。",
                "请删去这条连线，或把结束事件换成环节。",
            )
        if node.kind != "endEvent" and not leaves:
            yield scope.mistake(
                "dead-end",
                node.id,
                f"走到“{node.title}”就断了，办件会停在这里不办结。",
                "请从它画一条连线到下一个环节或结束事件。",
            )


def _unreachable(scope: Scope) -> Iterator[Mistake]:
    reached = scope.reached((start.id for start in scope.starts()), aside=True)
    for node in scope.nodes.values():
        if scope.starts() and node.id not in reached:
            yield scope.mistake(
                "unreachable",
                node.id,
                f"从开始事件永远走不到“{node.title}”。",
                "请画一条连线通到它，或把它删去。",
            )


def _endless(scope: Scope) -> Iterator[Mistake]:
    """A circle in which nothing decides: the engine would run round it for ever."""
    ways = {id_: _only_ways(scope, id_) for id_ in scope.nodes}
    entered = dict.fromkeys(scope.nodes, 0)
    for flows in ways.values():
        for flow in flows:
            entered[flow.target] += 1
    free = [id_ for id_, count in entered.items() if not count]
    while free:
        for flow in ways[free.pop()]:
            entered[flow.target] -= 1
            if not entered[flow.target]:
                free.append(flow.target)
    circle = [id_ for id_, count in entered.items() if count]
    # What lies behind a circle is still counted; only the nodes that lead back to themselves are told.
    for id_ in circle:
        if _returns(ways, id_):
            title = scope.nodes[id_].title
            yield scope.mistake(
                "loop-endless",
                id_,
                f"从“{title}”出发又无条件回到“{title}”，会一直绕圈。",
                "请在圈里加一个排他网关，写明什么情况下离开。",
            )
            return


def _only_ways(scope: Scope, id_: str) -> list[Flow]:
    """The flows a token must take: none behind a gateway that chooses."""
    leaving = scope.outgoing[id_]
    chooses = scope.nodes[id_].kind in CHOICES | {"eventBasedGateway"} and len(leaving) > 1
    return [] if chooses else leaving


def _returns(ways: dict[str, list[Flow]], id_: str) -> bool:
    seen: set[str] = set()
    waiting = [flow.target for flow in ways[id_]]
    while waiting:
        here = waiting.pop()
        if here == id_:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(flow.target for flow in ways[here])
    return False
