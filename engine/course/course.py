"""Promises the steps of a process in the order in which a case comes to them, each with what follows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.course.conditions import in_words
from engine.course.graph import Graph, Place, graph_of
from engine.diagram import Diagram
from engine.workflow import Step

WAITS = ("intermediateCatchEvent", "receiveTask")
ALL_DONE = "同时办理的都办完后"
BETWEEN = "；"


@dataclass(frozen=True)
class Follow:
    """What may follow a step: when (in words, "" for always), what (titles), whether the case then ends."""

    when: str
    then: tuple[str, ...]
    ends: bool


@dataclass(frozen=True)
class Reminder:
    """What happens beside a step without stopping it: at which event, and what is then done."""

    event: str
    then: tuple[str, ...]


@dataclass(frozen=True)
class Station:
    """A step where the course comes to it.

    `part` is the title of the part of the process it stands in ("" for the process itself); `depth` counts
    the people's steps that come before it on the longest way: equal ones run side by side.
    """

    step: Step
    part: str
    depth: int
    follows: tuple[Follow, ...]
    reminders: tuple[Reminder, ...]


@dataclass(frozen=True)
class Course:
    """A whole process: its stations in order, and the ends that it may come to."""

    stations: tuple[Station, ...]
    ends: tuple[str, ...]


def read_course(
    process: str, diagrams: Mapping[str, Diagram], steps: Mapping[str, Step], names: Mapping[str, str]
) -> Course:
    """The course of `process`.

    `diagrams` are those of it and of all it calls, by process id; `names` are the items' names by id.
    """
    return _Reading(graph_of(diagrams), steps, names).course(process)


class _Reading:
    """One walk over the graph."""

    def __init__(self, graph: Graph, steps: Mapping[str, Step], names: Mapping[str, str]) -> None:
        self._graph = graph
        self._steps = steps
        self._names = names

    def course(self, process: str) -> Course:
        order = self._in_order(process)
        depths = self._depths(order)
        stations = (self._station(place, depths[place]) for place in order if place.node.id in self._steps)
        ends = (place.node.title for place in order if self._ends(place))
        return Course(tuple(stations), tuple(dict.fromkeys(ends)))

    def _in_order(self, process: str) -> list[Place]:
        """Every place before those that follow it (but where the course turns back), as drawn."""
        done: dict[Place, None] = {}
        seen: set[Place] = set()
        todo = [(start, False) for start in self._graph.starts(process)]
        while todo:
            place, finished = todo.pop()
            if finished:
                done[place] = None
            elif place not in seen:
                seen.add(place)
                todo.append((place, True))
                todo += ((next_, False) for _, next_ in self._graph.after(place) if next_ not in seen)
        return list(reversed(done))

    def _depths(self, order: list[Place]) -> dict[Place, int]:
        rank = {place: number for number, place in enumerate(order)}
        depths = dict.fromkeys(order, 0)
        for place in order:
            step = self._steps.get(place.node.id)
            after = depths[place] + (step is not None and step.kind == "user")
            for _, next_ in self._graph.after(place):
                if rank[next_] > rank[place]:
                    depths[next_] = max(depths[next_], after)
        return depths

    def _station(self, place: Place, depth: int) -> Station:
        return Station(
            step=self._steps[place.node.id],
            part=place.within[-1].title if place.within else "",
            depth=depth,
            follows=self._grouped(place),
            reminders=tuple(self._reminder(each) for each in self._graph.beside(place)),
        )

    def _reminder(self, event: Place) -> Reminder:
        then = (title for each in self._grouped(event) if not each.ends for title in each.then)
        return Reminder(event.node.title, tuple(dict.fromkeys(then)))

    def _grouped(self, place: Place) -> tuple[Follow, ...]:
        """What may follow a place, one entry for what follows on the same condition."""
        found: dict[tuple[str, bool], list[str]] = {}
        for when, then, ends in self._follows(place, (), {place}):
            titles = found.setdefault((when, ends), [])
            if then not in titles:
                titles.append(then)
        return tuple(Follow(when, tuple(titles), ends) for (when, ends), titles in found.items())

    def _follows(
        self, place: Place, said: tuple[str, ...], seen: set[Place]
    ) -> Iterator[tuple[str, str, bool]]:
        """The nearest steps and ends behind a place; `said` is what had to hold on the way."""
        for flow, next_ in self._graph.after(place):
            words = said
            if flow is not None and self._graph.branches(place.node):
                words = (*said, in_words(place.node, flow, self._names))
            if next_.node.kind == "boundaryEvent" or next_.node.kind in WAITS:
                words = (*words, f"等到“{next_.node.title}”")
            if self._graph.joins(next_.node):
                words = (*words, ALL_DONE)
            when = BETWEEN.join(dict.fromkeys(each for each in words if each))
            if next_.node.id in self._steps:
                yield when, next_.node.title, False
            elif self._ends(next_):
                yield when, next_.node.title, True
            elif next_ not in seen:
                yield from self._follows(next_, words, seen | {next_})

    def _ends(self, place: Place) -> bool:
        return place.node.kind == "endEvent" and not place.within
