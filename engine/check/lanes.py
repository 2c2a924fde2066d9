"""Compares the lanes of a diagram with the departments, and the lane of a step with its item.

A lane of no known department has nobody to do its work; a step drawn in a wrong lane misleads who reads it.
"""

from collections.abc import Iterator

from engine.check.scope import Known, Scope
from engine.check.words import CALLED
from engine.diagram import Node
from forms.mistakes import Mistake, nearest

# What is done with an item → by whom, and how that is said.
_BY_AUTHORITY = {
    "announce": "公示由实施主体办理",
    "call": "听证由实施主体通知",
    "hear": "听证由实施主体组织",
    "decide": "决定由实施主体作出",
    "license": "许可由实施主体核发",
}
_BY_REVIEWER = {"review": "审查由联审部门办理"}
_CALLED = _BY_AUTHORITY | _BY_REVIEWER
CLERK = "clerk"


def check_lanes(scope: Scope, known: Known) -> Iterator[Mistake]:
    """Lanes of no department (once a process), nodes in no lane, steps in the wrong lane."""
    if scope.id == scope.process:
        yield from _unknown(scope, known)
    for node in scope.nodes.values():
        if not node.lane:
            yield scope.mistake(
                "lane-missing",
                node.id,
                f"“{node.title}”不在任何泳道里，不知道由谁办理。",
                "请把它整个放进办理部门的泳道；没有泳道的，请先画泳池和泳道。",
            )
        else:
            yield from _wrong(scope, node, known)


def _unknown(scope: Scope, known: Known) -> Iterator[Mistake]:
    for lane in scope.diagram.lanes:
        if lane.process == scope.process and lane.name not in known.lanes:
            yield scope.mistake(
                "lane-unknown",
                lane.id,
                f"泳道“{lane.name}”不属于任何部门。" if lane.name else "有一条泳道没有名称。",
                nearest(lane.name, known.lanes)
                or f"请写 processes/departments.yaml 里的泳道名：{'、'.join(known.lanes)}。",
            )
        for id_ in lane.nodes:
            if lane.process == scope.process and all(node.id != id_ for node in scope.diagram.nodes):
                yield scope.mistake(
                    "lane-unknown",
                    lane.id,
                    f"泳道“{lane.name}”里列着不存在的元素“{id_}”。",
                    "请用 BPMN 编辑器重新保存。",
                )


def _wrong(scope: Scope, node: Node, known: Known) -> Iterator[Mistake]:
    act, name = node.properties.get("act", ""), node.properties.get("item", "")
    item, lane = known.items.get(name), known.lanes.get(node.lane)
    if act not in _CALLED or item is None or lane is None:
        return
    wanted = (item.reviewer if act in _BY_REVIEWER else item.authority, item.level)
    if lane.role != CLERK or (lane.department, lane.level) != wanted:
        clerks = ((name, each) for name, each in known.lanes.items() if each.role == CLERK)
        right = [name for name, each in clerks if (each.department, each.level) == wanted]
        yield scope.mistake(
            "lane-wrong",
            node.id,
            f"“{node.title}”画在“{node.lane}”泳道，但事项“{name}”的{_CALLED[act]}，"
            f"应是{CALLED[item.level]}的“{wanted[0]}”的经办人员。",
            f"请移到泳道“{'”或“'.join(right)}”。"
            if right
            else "请先在 processes/departments.yaml 里加上该部门的泳道；市级的写 level: city。",
        )
