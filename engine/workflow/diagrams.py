"""Finds the processes that a process calls, over all BPMN files, and tells a designer what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.diagram import Diagram, Flow, Node, read_diagram
from engine.safe_xml import Unreadable
from forms.mistakes import Mistake, Mistakes, nearest

Files = Mapping[str, str]
RESERVED = frozenset({"Start", "End"})  # SpiffWorkflow's names for the tasks around every process


@dataclass(frozen=True)
class Processes:
    """All processes that a model is made of: process id → the file that draws it, the first one on top."""

    files: Mapping[str, Diagram]

    @property
    def nodes(self) -> Iterator[tuple[Diagram, Node]]:
        """Every node of these processes with its file, in the order drawn."""
        return (
            (diagram, n) for id_, diagram in self.files.items() for n in diagram.nodes if n.process == id_
        )

    @property
    def flows(self) -> Iterator[Flow]:
        """Every sequence flow of these processes."""
        return (f for id_, diagram in self.files.items() for f in diagram.flows if f.process == id_)


def find_processes(files: Files, process: str) -> Processes:
    """`process` and all that it calls, directly or not. Raises Mistakes."""
    drawn = _drawn(files)
    found: dict[str, Diagram] = {}
    mistakes: list[Mistake] = []
    todo = [(process, "", process, frozenset[str]())]
    while todo:
        wanted, file, element, callers = todo.pop(0)
        if wanted not in drawn:
            says = f"没有标识为“{wanted}”的流程。"
            remedy = nearest(wanted, drawn) or "请检查流程文件和被调用的流程标识。"
            mistakes.append(Mistake(file, element, says, remedy))
        elif wanted in callers:
            says = f"流程“{wanted}”又调用了自己，永远办不完。"
            mistakes.append(Mistake(file, element, says, "请去掉这一处调用。"))
        else:
            found[wanted] = drawn[wanted]
            calls = [n for n in drawn[wanted].nodes if n.process == wanted and n.kind == "callActivity"]
            todo += [(call.called, drawn[wanted].file, call.id, callers | {wanted}) for call in calls]
    processes = Processes(found)
    mistakes += _repeated(processes)
    if mistakes:
        raise Mistakes(mistakes)
    return processes


def _drawn(files: Files) -> dict[str, Diagram]:
    """Every process of every BPMN file by id."""
    drawn: dict[str, Diagram] = {}
    mistakes: list[Mistake] = []
    for path in sorted(path for path in files if path.endswith(".bpmn")):
        try:
            diagram = read_diagram(files[path], path)
        except Unreadable as error:
            mistakes.append(Mistake(path, error.element, error.says, error.do))
            continue
        for process in diagram.processes:
            if process in drawn:
                says = f"流程标识“{process}”与 {drawn[process].file} 重复。"
                mistakes.append(Mistake(path, process, says, "请改用另一个标识。"))
            drawn[process] = diagram
    if mistakes:
        raise Mistakes(mistakes)
    return drawn


def _repeated(processes: Processes) -> Iterator[Mistake]:
    """An id names one thing everywhere: in forms, tasks, scenarios, addresses and on the diagram."""
    seen: dict[str, str] = {}
    drawn = [(diagram.file, node.id) for diagram, node in processes.nodes]
    drawn += [(processes.files[flow.process].file, flow.id) for flow in processes.flows]
    for file, id_ in drawn:
        if id_ in RESERVED:
            yield Mistake(file, id_, f"标识“{id_}”是流程引擎自己用的。", "请改用另一个标识，例如 started。")
        elif id_ in seen:
            says = f"标识“{id_}”在 {seen[id_]} 中已经用过。"
            yield Mistake(file, id_, says, "同一流程连同它调用的流程里，标识不能重复。")
        seen[id_] = file
