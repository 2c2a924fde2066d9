"""The one notice: everything that all offices marked, each thing once with what each of them says."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.corrections.filed import Filed
from engine.corrections.points import TYPES, Point, flags


@dataclass(frozen=True)
class Line:
    """What one office asks about one thing: `office` as the applicant knows it, `kind` in words."""

    office: str
    item: str
    kind: str
    reason: str
    wanted: str


@dataclass(frozen=True)
class Entry:
    """One question or material of the notice, with all that is asked of it."""

    target: str
    name: str
    label: str
    section: str
    lines: tuple[Line, ...]


def entries(filed: Filed, points: Iterable[Point]) -> tuple[Entry, ...]:
    """The notice's entries, in the order of the form."""
    return tuple(
        Entry(
            flag.thing.target,
            flag.thing.name,
            flag.thing.label,
            flag.thing.section,
            tuple(line_of(filed, point) for point in flag.points),
        )
        for flag in flags(filed.things, points)
    )


def as_values(found: Iterable[Entry]) -> list[dict[str, str]]:
    """The entries as letters and messages take them; who asks the same in the same words is named once."""
    return [
        {
            "department": "、".join(_once(line.office for line in entry.lines)),
            "item": "、".join(_once(line.item for line in entry.lines if line.item)),
            "label": entry.label,
            "type": "、".join(_once(line.kind for line in entry.lines)),
            "reason": _said(entry, "reason"),
            "wanted": _said(entry, "wanted"),
        }
        for entry in found
    ]


def _said(entry: Entry, what: str) -> str:
    """One office's words as they are, those of several with the office before each."""
    if len(_once(getattr(line, what) for line in entry.lines)) == 1:
        return str(getattr(entry.lines[0], what))
    return "\n".join(f"{line.office}：{getattr(line, what)}" for line in entry.lines)


def line_of(filed: Filed, point: Point) -> Line:
    """What one office asks, as the applicant reads it."""
    item = filed.catalogue.item(point.item).name if point.item else ""
    office = filed.catalogue.office_name(point.department, point.region)
    return Line(office, item, TYPES[point.type], point.reason, point.wanted)


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
