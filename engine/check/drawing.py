"""Checks that everything in a diagram is drawn: what runs unseen cannot be discussed with anybody."""

from collections.abc import Iterator

from engine.check.scope import Scope
from forms.mistakes import Mistake


def check_drawing(scope: Scope) -> Iterator[Mistake]:
    """Nodes without a shape, flows without an edge; one mistake when nothing at all is drawn."""
    drawn = scope.diagram.drawn
    if not drawn:
        yield scope.mistake(
            "not-drawn",
            "",
            "文件里只有流程，没有图形。",
            "请用 BPMN 编辑器打开，排好图形后重新保存。",
        )
        return
    titles = {node.id: f"“{node.title}”" for node in scope.nodes.values()}
    titles |= {
        flow.id: f"从{titles[flow.source]}到{titles[flow.target]}的连线" for flow in scope.flows.values()
    }
    if scope.id == scope.process:
        lanes = [lane for lane in scope.diagram.lanes if lane.process == scope.process]
        titles |= {lane.id: f"泳道“{lane.name}”" for lane in lanes}
    for id_, title in titles.items():
        if id_ and id_ not in drawn:
            yield scope.mistake(
                "not-drawn",
                id_,
                f"{title}没有画出来，办理人在图上看不到它。",
                "请在 BPMN 编辑器里删去后重画，再保存。",
            )
