"""Writes small BPMN files for tests: the first letter of an id says what it is."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from engine.check import KnownItem, KnownLane, check_model, rule_of
from engine.check.scope import Scope, scopes_of
from engine.diagram import read_diagram
from forms.mistakes import Mistake

KINDS = {
    "s": "startEvent",
    "e": "endEvent",
    "t": "userTask",
    "v": "serviceTask",
    "x": "exclusiveGateway",
    "p": "parallelGateway",
    "o": "inclusiveGateway",
    "w": "eventBasedGateway",
    "m": "intermediateCatchEvent",
    "b": "boundaryEvent",
    "c": "callActivity",
    "z": "scriptTask",
}
HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core">'
)
STEPS = {"t": {"act": "accept", "form": "accept", "limit": "3"}, "v": {"act": "notify", "handler": "notify"}}
TIMER = '<bpmn:timerEventDefinition><bpmn:timeDate>due["t1"]</bpmn:timeDate></bpmn:timerEventDefinition>'
LANES = {
    "综合窗口": KnownLane("approval", "window"),
    "行政审批服务局": KnownLane("approval", "clerk"),
    "市场监督管理局": KnownLane("market", "clerk"),
    "市市场监督管理局": KnownLane("market", "clerk", "city"),
    "消防救援大队": KnownLane("fire", "clerk"),
}
ITEMS = {
    "food_operation": KnownItem("approval", "market", licensed=False),
    "fire_check": KnownItem("fire", "fire", licensed=False),
}
FORMS = {
    "accept": {"outcome": frozenset({"accept", "correct", "refuse"}), "reasons": frozenset[str]()},
    "review": {"opinion": frozenset({"agree", "disagree"})},
    "announce": {"first_day": frozenset[str](), "last_day": frozenset[str]()},
    "decide": {"outcome": frozenset({"granted", "refused"}), "reasons": frozenset[str]()},
    "plain": {"opinon": frozenset[str](), "outcome": frozenset({"granted", "refuse"})},
}
FACTS = ("items", "accepted", "opinions", "outcomes", "due", "days_later", "visit_needed")


def model(
    *lines: str,
    process: str = "main",
    settings: Mapping[str, Mapping[str, str]] | None = None,
    attributes: Mapping[str, str] | None = None,
    inner: Mapping[str, str] | None = None,
    lanes: Mapping[str, Iterable[str]] | None = None,
    undrawn: Iterable[str] = (),
    extra: str = "",
) -> str:
    """A BPMN file. A line reads `x1 > t1 ? accepted` (with a condition), `x1 > e1 default` or `s1 > t1 > e1`.

    `settings` replaces a step's settings; `attributes` and `inner` add to its tag, `extra` to the process.
    Nodes that no lane of `lanes` names stand in 综合窗口.
    """
    flows = [flow for line in lines for flow in _flows(line)]
    ids = list(dict.fromkeys(id_ for source, target, _, _ in flows for id_ in (source, target)))
    defaults = {source: f"{source}_{target}" for source, target, _, default in flows if default}
    given = {name: [n for n in nodes if n in ids] for name, nodes in (lanes or {}).items()}
    placed = {"综合窗口": list[str](), **{name: nodes for name, nodes in given.items() if nodes}}
    rest = [id_ for id_ in ids if all(id_ not in nodes for nodes in placed.values())]
    shapes = [*ids, *(f"{s}_{t}" for s, t, _, _ in flows), *(f"lane_{n}" for n in range(len(placed)))]
    parts = [HEAD, f'<bpmn:process id="{process}"><bpmn:laneSet>']
    for number, (name, nodes) in enumerate(placed.items()):
        refs = "".join(
            f"<bpmn:flowNodeRef>{n}</bpmn:flowNodeRef>" for n in (*nodes, *(() if number else rest))
        )
        parts.append(f'<bpmn:lane id="lane_{number}" name="{name}">{refs}</bpmn:lane>')
    parts.append("</bpmn:laneSet>")
    for id_ in ids:
        default = f' default="{defaults[id_]}"' if id_ in defaults else ""
        start = f'<bpmn:{KINDS[id_[0]]} id="{id_}"{default} {(attributes or {}).get(id_, "")}>'
        parts.append(start + _settings(id_, settings or {}) + (inner or {}).get(id_, _event(id_)))
        parts.append(f"</bpmn:{KINDS[id_[0]]}>")
    for source, target, condition, _ in flows:
        body = (
            f"<bpmn:conditionExpression>{_escaped(condition)}</bpmn:conditionExpression>" if condition else ""
        )
        parts.append(
            f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{body}'
            "</bpmn:sequenceFlow>"
        )
    parts.append(f'{extra}</bpmn:process><bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="{process}">')
    parts += [f'<bpmndi:BPMNShape bpmnElement="{id_}" />' for id_ in shapes if id_ not in undrawn]
    return "".join([*parts, "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"])


def mistakes(text: str, items: Mapping[str, KnownItem] = ITEMS, **others: str) -> list[Mistake]:
    """What the check says of the process `main` in `text`, with other files by their process."""
    files = {"processes/main/process.bpmn": text}
    files |= {
        f"processes/{'items' if name in items else 'shared'}/{name}.bpmn": other
        for name, other in others.items()
    }
    return check_model(
        files,
        "main",
        lanes=LANES,
        items=items,
        facts=FACTS,
        forms=FORMS,
        handlers=("notify", "license"),
    )


def found(text: str, items: Mapping[str, KnownItem] = ITEMS, **others: str) -> set[tuple[str, str]]:
    """Rule and element of each mistake."""
    return {(rule_of(each), each.element) for each in mistakes(text, items, **others)}


def scope(text: str, process: str = "main") -> Scope:
    """The top scope of a file's process."""
    return next(scopes_of(read_diagram(text, "main.bpmn"), process))


def _flows(line: str) -> list[tuple[str, str, str, bool]]:
    way, _, condition = line.partition("?")
    default = way.rstrip().endswith(" default")
    nodes = [each.strip() for each in way.replace(" default", "").split(">")]
    return [(a, b, condition.strip(), default) for a, b in pairwise(nodes)]


def _settings(id_: str, given: Mapping[str, Mapping[str, str]]) -> str:
    settings = given.get(id_, STEPS.get(id_[0], {}))
    if not settings:
        return ""
    lines = "".join(f'<spiffworkflow:property name="{n}" value="{v}"/>' for n, v in settings.items())
    return (
        "<bpmn:extensionElements><spiffworkflow:properties>"
        f"{lines}</spiffworkflow:properties></bpmn:extensionElements>"
    )


def _event(id_: str) -> str:
    return TIMER if id_[0] in "bm" else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
