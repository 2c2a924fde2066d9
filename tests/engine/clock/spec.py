"""Reads the clock's spec, cases.txt: what happens, on which day one looks, and what one must see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from engine.clock.ledger import EXTEND, PAUSE, RESUME, START, STATUTORY, Entry
from engine.days import Calendar

FILE = Path(__file__).with_name("cases.txt")


@dataclass(frozen=True)
class Case:
    """`left` are the working days that remain, `flags` any of projected, provisional, stopped."""

    name: str
    entries: tuple[Entry, ...]
    calendar: Calendar
    today: date
    due: date
    light: str
    left: int
    flags: frozenset[str]


def cases() -> Iterator[Case]:
    """Every case in the order of the file."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, happens, today, sees = line.split(" | ")
            due, light, left, *more = sees.split()
            local = {each: more.index(each) for each in ("closed", "open") if each in more}
            days = {date.fromisoformat(more[at + 1]): each == "open" for each, at in local.items()}
            flags = frozenset(more[: min(local.values(), default=len(more))])
            yield Case(
                name=name,
                entries=_entries(happens.split("; ")),
                calendar=Calendar(days),
                today=date.fromisoformat(today),
                due=date.fromisoformat(due),
                light="" if light == "none" else light,
                left=int(left),
                flags=flags,
            )


def _entries(happens: list[str]) -> tuple[Entry, ...]:
    made: list[Entry] = []
    for number, line in enumerate(happens, 1):
        day, entry, *more = line.split()
        kind = more.pop(0) if entry in (PAUSE, RESUME) else None
        begun = [each.id for each in made if each.entry == PAUSE and each.kind == kind]
        made.append(
            Entry(
                id=number,
                clock=STATUTORY,
                item="one",
                entry=entry,
                on_day=date.fromisoformat(day),
                days=int(more[0]) if more and entry in (START, PAUSE, EXTEND) else None,
                kind=kind,
                closes=begun[-1] if entry == RESUME else None,
                warn_days=int(more[2]) if more[1:2] == ["warn"] else None,
            )
        )
    return tuple(made)
