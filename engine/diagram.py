"""Reads the text of a BPMN file safely into a small frozen structure, and knows no workflow engine."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from engine.safe_xml import Unreadable, parse

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
MOST_NODES = 500  # a larger diagram cannot be read by a person either

# What stands beside the flow and has no meaning for it.
NOTES = frozenset({"textAnnotation", "association", "group", "documentation", "extensionElements"})
_PARTS = NOTES | {
    *("laneSet", "sequenceFlow", "incoming", "outgoing", "property", "ioSpecification", "resourceRole"),
    *("multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "dataInputAssociation"),
    *("dataOutputAssociation", "auditing", "monitoring", "supportedInterfaceRef"),
}
_TIMES = ("timeDate", "timeDuration", "timeCycle")


@dataclass(frozen=True)
class Node:
    """One thing that flows connect; `kind` is its BPMN tag, `scope` the process or sub-process it stands in.

    `event` is the kind of its event definition ("timer", "message", … or "" for none, "several" for more than
    one); `timer` the expression of a timer and `timed` the tag that holds it; `repeats` one of "",
    "parallel", "sequential", "standard", `counts` its expressions; `message` the name of the
    message it waits for or sends. `settings` are its spiffworkflow:properties in the order written.
    """

    id: str
    kind: str
    name: str
    process: str
    scope: str
    lane: str
    settings: tuple[tuple[str, str], ...]
    extensions: frozenset[str]
    attached_to: str
    interrupting: bool
    called: str
    event: str
    timer: str
    timed: str
    repeats: str
    counts: tuple[str, ...]
    event_triggered: bool
    message: str

    @property
    def properties(self) -> Mapping[str, str]:
        """The settings by name; of a name written twice the last one."""
        return MappingProxyType(dict(self.settings))

    @property
    def title(self) -> str:
        """What a person calls it."""
        return " ".join(self.name.split()) or self.id


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is its expression or "", `default` whether its source names it."""

    id: str
    name: str
    source: str
    target: str
    process: str
    scope: str
    condition: str
    default: bool


@dataclass(frozen=True)
class Lane:
    """A lane and the ids of the nodes in it."""

    id: str
    name: str
    process: str
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Diagram:
    """What one file says. `processes` maps id to name; `drawn` holds the ids that have a shape or an edge."""

    file: str
    processes: Mapping[str, str]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[Lane, ...]
    drawn: frozenset[str]
    repeated_ids: tuple[str, ...]


@lru_cache(maxsize=512)  # industries share diagrams, and the check of each looks at all
def read_diagram(text: str, file: str = "") -> Diagram:
    """The diagram in `text`. Raises Unreadable for anything that is not a BPMN 2.0 file of bearable size."""
    root = parse(text)
    if root.tag != f"{{{BPMN}}}definitions":
        raise Unreadable(
            "not-bpmn",
            _tag(root),
            "这个文件是 XML，但不是 BPMN 2.0 流程图。",
            "请用 BPMN 编辑器另存为 .bpmn 文件后再上传。",
        )
    processes = [each for each in root.iterchildren() if _tag(each) == "process"]
    nodes = tuple(node for process in processes for node in _nodes(process))
    if len(nodes) > MOST_NODES:
        raise Unreadable(
            "too-big",
            "",
            f"图中有 {len(nodes)} 个元素，最多 {MOST_NODES} 个。",
            "请把成段的流程移到单独的文件，用调用活动引用。",
        )
    return Diagram(
        file=file,
        processes=MappingProxyType({p.get("id", ""): p.get("name", "") for p in processes}),
        nodes=nodes,
        flows=tuple(flow for process in processes for flow in _flows(process)),
        lanes=tuple(lane for process in processes for lane in _lanes(process)),
        drawn=frozenset(
            each.get("bpmnElement", "") for each in root.iter(f"{{{DI}}}BPMNShape", f"{{{DI}}}BPMNEdge")
        ),
        repeated_ids=_repeated(root),
    )


def _tag(element: etree._Element) -> str:
    """The local name of a BPMN element, or "" for an element of another namespace."""
    name = etree.QName(element)
    return name.localname if name.namespace == BPMN else ""


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{{BPMN}}}{tag}")


def _scopes(process: etree._Element) -> Iterator[etree._Element]:
    """The process and its embedded sub-processes, outermost first."""
    yield process
    for each in process.iterdescendants():
        if _tag(each) in ("subProcess", "adHocSubProcess", "transaction"):
            yield each


def _nodes(process: etree._Element) -> Iterator[Node]:
    lanes = _lane_of_nodes(process)
    for scope in _scopes(process):
        for each in scope.iterchildren():
            kind = _tag(each)
            if kind and kind not in _PARTS and not kind.endswith("EventDefinition"):
                yield _node(each, kind, process, scope, lanes)


def _node(
    each: etree._Element,
    kind: str,
    process: etree._Element,
    scope: etree._Element,
    lanes: Mapping[str, str],
) -> Node:
    event, timed, timer = _event(each)
    return Node(
        id=each.get("id", ""),
        kind=kind,
        name=each.get("name", ""),
        process=process.get("id", ""),
        scope=scope.get("id", ""),
        lane=_lane(each, lanes),
        settings=_settings(each),
        extensions=frozenset(
            etree.QName(e).localname
            for block in _children(each, "extensionElements")
            for e in block.iterchildren(f"{{{SPIFF}}}*")
        ),
        attached_to=each.get("attachedToRef", ""),
        interrupting=each.get("cancelActivity", "true").strip() != "false",
        called=each.get("calledElement", ""),
        event=event,
        timer=timer,
        timed=timed,
        repeats=_repeats(each),
        counts=tuple(
            (e.text or "").strip()
            for block in _children(each, "multiInstanceLoopCharacteristics")
            for e in block.iterchildren(f"{{{BPMN}}}loopCardinality", f"{{{BPMN}}}completionCondition")
        ),
        event_triggered=each.get("triggeredByEvent", "").strip() in ("true", "1"),
        message=_message(each),
    )


def _lane(each: etree._Element, lanes: Mapping[str, str]) -> str:
    """The lane that names the node, else its host's (boundary event), else the enclosing sub-process's."""
    around = (outer.get("id", "") for outer in each.iterancestors())
    names = (each.get("id", ""), each.get("attachedToRef", ""), *around)
    return next((lanes[name] for name in names if name and name in lanes), "")


def _settings(each: etree._Element) -> tuple[tuple[str, str], ...]:
    return tuple(
        (p.get("name", ""), p.get("value", ""))
        for block in _children(each, "extensionElements")
        for p in block.iter(f"{{{SPIFF}}}property")
    )


def _event(each: etree._Element) -> tuple[str, str, str]:
    """Kind of the event, tag and text of its timer."""
    definitions = [d for d in each.iterchildren() if _tag(d).endswith("EventDefinition")]
    if not definitions:
        return "", "", ""
    if len(definitions) > 1:
        return "several", "", ""
    kind = _tag(definitions[0]).removesuffix("EventDefinition")
    for time in definitions[0].iterchildren():
        if _tag(time) in _TIMES:
            return kind, _tag(time), (time.text or "").strip()
    return kind, "", ""


def _message(each: etree._Element) -> str:
    """The name of the message that the event refers to, or "" when it names none."""
    for definition in _children(each, "messageEventDefinition"):
        for message in each.getroottree().getroot().iterchildren(f"{{{BPMN}}}message"):
            if message.get("id") == definition.get("messageRef", ""):
                return message.get("name", "").strip()
    return ""


def _repeats(each: etree._Element) -> str:
    if next(_children(each, "standardLoopCharacteristics"), None) is not None:
        return "standard"
    for loop in _children(each, "multiInstanceLoopCharacteristics"):
        return "sequential" if loop.get("isSequential", "").strip() == "true" else "parallel"
    return ""


def _flows(process: etree._Element) -> Iterator[Flow]:
    defaults = {e.get("default", "") for e in process.iterdescendants() if e.get("default")}
    for scope in _scopes(process):
        for flow in _children(scope, "sequenceFlow"):
            condition = next(_children(flow, "conditionExpression"), None)
            yield Flow(
                id=flow.get("id", ""),
                name=" ".join(flow.get("name", "").split()),
                source=flow.get("sourceRef", ""),
                target=flow.get("targetRef", ""),
                process=process.get("id", ""),
                scope=scope.get("id", ""),
                condition="" if condition is None else (condition.text or "").strip(),
                default=flow.get("id", "") in defaults,
            )


def _lanes(process: etree._Element) -> Iterator[Lane]:
    for lane in process.iter(f"{{{BPMN}}}lane"):
        refs = tuple((ref.text or "").strip() for ref in _children(lane, "flowNodeRef"))
        yield Lane(lane.get("id", ""), lane.get("name", "").strip(), process.get("id", ""), refs)


def _lane_of_nodes(process: etree._Element) -> Mapping[str, str]:
    """Node id to lane name; a lane inside a lane comes later and so wins."""
    return {node: lane.name for lane in _lanes(process) for node in lane.nodes}


def _repeated(root: etree._Element) -> tuple[str, ...]:
    counts = Counter(each.get("id") for each in root.iter() if each.get("id") is not None)
    return tuple(sorted(str(id_) for id_, count in counts.items() if count > 1))
