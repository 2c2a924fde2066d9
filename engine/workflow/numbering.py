"""Gives everything that a state mentions a small number, so that a state holds numbers instead of names."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.diagram import Flow

# Names of the specs that SpiffWorkflow puts around an element.
_AROUND = (".BoundaryEventSplit", ".BoundaryEventJoin", " [child]")


@dataclass(frozen=True, eq=False)
class Numbering:
    """Elements and flows in the order drawn; the specs of each process in the order made.

    The same files give the same numbers; `mark` differs when anything in them differs.
    """

    elements: tuple[str, ...]
    flows: tuple[str, ...]
    ends: tuple[str, ...]
    processes: tuple[str, ...]
    specs: Mapping[str, tuple[str, ...]]
    between: Mapping[tuple[str, str], int]

    @cached_property
    def element_number(self) -> Mapping[str, int]:
        """Element id → its number."""
        return {element: number for number, element in enumerate(self.elements)}

    @cached_property
    def process_number(self) -> Mapping[str, int]:
        """Process or sub-process id → its number."""
        return {process: number for number, process in enumerate(self.processes)}

    @cached_property
    def spec_number(self) -> Mapping[str, Mapping[str, int]]:
        """Process id → spec name → its number in that process."""
        return {
            process: {name: number for number, name in enumerate(names)}
            for process, names in self.specs.items()
        }

    @cached_property
    def mark(self) -> int:
        """A checksum of the names behind the numbers."""
        names = [self.elements, self.flows, self.processes, sorted(self.specs.items())]
        return zlib.crc32(repr(names).encode())

    def flow_number(self, source: str, target: str) -> int | None:
        """The number of the flow between two specs, if there is one."""
        return self.between.get((source, target.removesuffix(".BoundaryEventSplit")))


def number(
    specs: Mapping[str, Any], elements: Iterable[str], flows: Iterable[Flow], process: str
) -> Numbering:
    """The numbers for the specs of the model of `process`."""
    drawn = list(flows)
    between: dict[tuple[str, str], int] = {}
    for position, flow in enumerate(drawn):
        between.setdefault((flow.source, flow.target), position)
    known = tuple(elements)
    top = specs[process].task_specs
    return Numbering(
        elements=known,
        flows=tuple(flow.id for flow in drawn),
        ends=tuple(e for e in known if e in top and specs[process].end.name in top[e]._outputs),
        processes=tuple(sorted(specs)),
        specs={id_: tuple(spec.task_specs) for id_, spec in specs.items()},
        between=between,
    )


def element_named(spec_name: str) -> str:
    """The element that a spec belongs to: `review.BoundaryEventSplit` belongs to `review`."""
    for around in _AROUND:
        spec_name = spec_name.removesuffix(around)
    return spec_name
