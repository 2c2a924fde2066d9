"""Finds the processes that a process calls, and the calls that lead nowhere or back to themselves."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from engine.check.rules import mistake
from engine.diagram import Diagram, Node
from forms.mistakes import Mistake, nearest


def calls_of(diagram: Diagram, process: str) -> list[Node]:
    """The call activities of one process, those in its sub-processes too."""
    return [n for n in diagram.nodes if n.process == process and n.kind == "callActivity"]


def called_from(process: str, diagrams: Mapping[str, Diagram]) -> list[str]:
    """`process` and every known process that it calls, however deep, callers first."""
    found: list[str] = []
    waiting = [process]
    while waiting:
        here = waiting.pop(0)
        if here in diagrams and here not in found:
            found.append(here)
            waiting.extend(node.called for node in calls_of(diagrams[here], here))
    return found


def check_calls(processes: Iterable[str], diagrams: Mapping[str, Diagram]) -> Iterator[Mistake]:
    """Calls of unknown processes, and circles of calls."""
    for process in processes:
        for node in calls_of(diagrams[process], process):
            if node.called not in diagrams:
                yield _unknown(diagrams[process].file, node, diagrams)
            elif process in called_from(node.called, diagrams):
                yield mistake(
                    "call-loop",
                    diagrams[process].file,
                    node.id,
                    f"“{node.title}”引用的流程“{node.called}”又会引用回“{process}”，没有尽头。",
                    "请在同一个流程里用排他网关画回头的连线，不要互相引用。",
                )


def _unknown(file: str, node: Node, known: Collection[str]) -> Mistake:
    says = f"没有流程“{node.called}”。" if node.called else f"“{node.title}”没有写引用哪个流程。"
    others = f"可引用的流程有：{'、'.join(sorted(known))}。"
    return mistake("call-unknown", file, node.id, says, nearest(node.called, known) or others)
