"""The points that a reviewer or inspector goes through, each once however many items need it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Point:
    """One point: what to look at, the law that asks for it, and the items it counts for."""

    id: str
    text: str
    basis: str
    items: tuple[str, ...]


def merge_points(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points in the order of first mention; those with the same id become one for all their items."""
    merged: dict[str, Point] = {}
    for point in points:
        known = merged.setdefault(point.id, point)
        items = (*known.items, *(item for item in point.items if item not in known.items))
        merged[point.id] = replace(known, items=items)
    return tuple(merged.values())


def findings(points: Iterable[Point], results: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """For each item `fail` when any of its points has the result `fail` (or none), else `pass`."""
    found: dict[str, str] = {}
    for point in points:
        failed = results.get(point.id, {}).get("result", "fail") == "fail"
        for item in point.items:
            found[item] = "fail" if failed or found.get(item) == "fail" else "pass"
    return found
