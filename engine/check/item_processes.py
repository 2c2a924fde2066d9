"""Checks the diagrams in processes/items/: each is the process of the item that its file is named after."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from engine.check.rules import mistake
from engine.diagram import Diagram
from forms.mistakes import Mistake

FOLDER = "processes/items/"


def check_item_processes(called: list[str], diagrams: Mapping[str, Diagram]) -> Iterator[Mistake]:
    """Processes of another name than their file, and steps that are about another item."""
    for process in called:
        diagram = diagrams[process]
        if not diagram.file.startswith(FOLDER):
            continue
        item = PurePosixPath(diagram.file).stem
        if process != item:
            yield mistake(
                "item-process",
                diagram.file,
                process,
                f"流程标识是“{process}”，与文件名“{item}”不同。",
                f"请把流程标识改成“{item}”：事项的流程图、流程标识和事项标识是同一个词。",
            )
        for node in diagram.nodes:
            about = node.properties.get("item", item)
            if node.process == process and about != item:
                yield mistake(
                    "item-process",
                    diagram.file,
                    node.id,
                    f"事项“{item}”的流程图里，“{node.title}”办的却是事项“{about}”。",
                    f"请把设置 item 改成“{item}”，或把这个环节移到那个事项的流程图里。",
                )
