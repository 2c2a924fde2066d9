"""The ledger of a clock: what started, stopped, paused and prolonged it, only ever added to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

RECEIPT, BUNDLE, STATUTORY, COMMITTED = CLOCKS = ("receipt", "bundle", "statutory", "committed")
START, PAUSE, RESUME, EXTEND, STOP = ("start", "pause", "resume", "extend", "stop")
OF_ITEMS = (STATUTORY, COMMITTED)
WARN_DAYS = 1  # working days before the end from which a clock is yellow, where a region says nothing


@dataclass(frozen=True, order=True)
class Key:
    """Which clock of a case: `item` is '' for one of the whole case."""

    clock: str
    item: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the ledger, from `on_day` on, which does not count itself.

    `days` are working days: allowed (start), added (extend), expected to take (pause). `kind` is a pause's;
    `closes` is the id of the pause that a resume ends. `about` is the item that an entry of a clock of the
    whole case is about. `warn_days` stands at a start. `actor` is as the log names it.
    """

    id: int
    clock: str
    entry: str
    on_day: date
    item: str = ""
    days: int | None = None
    kind: str | None = None
    closes: int | None = None
    about: str = ""
    warn_days: int | None = None
    reason: str = ""
    law: str = ""
    letter_id: int | None = None
    actor: str = ""

    @property
    def key(self) -> Key:
        return Key(self.clock, self.item)


def by_clock(entries: Iterable[Entry]) -> Mapping[Key, tuple[Entry, ...]]:
    """Each clock's own entries in the order in which they were made."""
    found: dict[Key, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.id):
        found[entry.key].append(entry)
    return {key: tuple(own) for key, own in found.items()}


@dataclass(frozen=True)
class Pause:
    """A pause of a run, and the day it was over, None while it lasts."""

    entry: Entry
    until: date | None


@dataclass(frozen=True)
class Run:
    """A clock from its last start on, to its stop if there was one: what counts of its entries."""

    start: Entry
    pauses: tuple[Pause, ...]
    extended: int
    stop: Entry | None

    @property
    def allowed(self) -> int:
        return self.start.days or 0


def last_run(entries: tuple[Entry, ...]) -> Run | None:
    """The last run among one clock's entries in their order; None when it never started.

    What comes after its stop changes nothing; a pause that lasted until then was over with it.
    """
    starts = [number for number, entry in enumerate(entries) if entry.entry == START]
    if not starts:
        return None
    start, *rest = entries[starts[-1] :]
    stops = [number for number, entry in enumerate(rest) if entry.entry == STOP]
    stop = rest[stops[0]] if stops else None
    alive = rest[: stops[0]] if stops else rest
    resumed: dict[int | None, date] = {}
    for entry in alive:
        if entry.entry == RESUME:
            resumed[entry.closes] = min(entry.on_day, resumed.get(entry.closes, entry.on_day))
    pauses = (
        Pause(entry, resumed.get(entry.id, stop.on_day if stop else None))
        for entry in alive
        if entry.entry == PAUSE
    )
    return Run(start, tuple(pauses), sum(e.days or 0 for e in alive if e.entry == EXTEND), stop)
