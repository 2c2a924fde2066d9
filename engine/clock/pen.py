"""Writes entries for one happening, so that each fits the ledger: only what runs is paused or stopped."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.clock.ledger import (
    BUNDLE,
    COMMITTED,
    EXTEND,
    OF_ITEMS,
    PAUSE,
    RESUME,
    START,
    STOP,
    Entry,
    Key,
    Run,
    by_clock,
    last_run,
)
from engine.letters.write import Letter
from engine.pauses import KINDS


@dataclass(frozen=True)
class Why:
    """What an entry says for itself beside what it does: the reason and the law."""

    reason: str = ""
    law: str = ""


@dataclass
class Pen:
    """The ledger of a case as it was, and what is being added to it on `today` by `actor`."""

    ledger: Sequence[Entry]
    letters: Sequence[Letter]
    actor: str
    today: date
    written: list[Entry] = field(default_factory=list)

    def start(self, key: Key, days: int, warn_days: int, why: Why, on: date | None = None) -> None:
        """Start a clock that does not run, as of today or of an earlier day."""
        if key not in self.running():
            self._write(key, START, why, days=days, warn_days=warn_days, on_day=on or self.today)

    def stop(self, keys: Iterable[Key], why: Why) -> None:
        """Stop those of these clocks that run."""
        running = self.running()
        for key in keys:
            if key in running:
                self._write(key, STOP, why)

    def stop_items(self, items: Sequence[str], why: Why) -> None:
        """Stop these items' clocks; the whole case's goes on without their pauses, or stops with the last."""
        self.stop(self.of_items(items), why)
        if not self.of_items():
            self.stop([Key(BUNDLE)], why)
        self._end(lambda pause: pause.about in items and pause.clock == BUNDLE, why)

    def pause(self, items: Sequence[str], kind: str, days: int | None, why: Why) -> None:
        """Pause these items' clocks and the whole case's; what only local rules leave out, not the law's."""
        clocks = OF_ITEMS if KINDS[kind].statutory else (COMMITTED,)
        taken = {(pause.key, pause.about) for pause in self.open_pauses() if pause.kind == kind}
        for item in items:
            whole = [(Key(BUNDLE), item)] if Key(BUNDLE) in self.running() and self.of_items([item]) else []
            own = [(key, "") for key in self.of_items([item]) if key.clock in clocks]
            for key, about in own + whole:
                if (key, about) not in taken:
                    self._write(key, PAUSE, why, days=days, kind=kind, about=about)

    def resume(self, items: Sequence[str], kind: str, why: Why) -> None:
        """End the pauses of this kind that these items have."""
        self._end(lambda pause: pause.kind == kind and (pause.item or pause.about) in items, why)

    def extend(self, items: Sequence[str], days: int, why: Why) -> None:
        """Prolong these items' clocks, and the whole case's to as much as the item that got most."""
        before = self.running().get(Key(BUNDLE))
        for key in self.of_items(items):
            self._write(key, EXTEND, why, days=days)
        most = max((self.running()[key].extended for key in self.of_items(items)), default=0)
        if before is not None and most > before.extended:
            about = items[0] if len(items) == 1 else ""
            self._write(Key(BUNDLE), EXTEND, why, days=most - before.extended, about=about)

    def of_items(self, items: Sequence[str] | None = None) -> list[Key]:
        """The running clocks of these items, or of all."""
        return [
            key for key in self.running() if key.clock in OF_ITEMS and (items is None or key.item in items)
        ]

    def running(self) -> Mapping[Key, Run]:
        """What runs or is paused, with what was written just now."""
        runs = {key: last_run(entries) for key, entries in by_clock(self._all()).items()}
        return {key: run for key, run in runs.items() if run is not None and run.stop is None}

    def open_pauses(self) -> list[Entry]:
        """The pauses that last, of clocks that have not stopped."""
        return [each.entry for run in self.running().values() for each in run.pauses if each.until is None]

    def _all(self) -> list[Entry]:
        return [*self.ledger, *self.written]

    def _end(self, which: Callable[[Entry], bool], why: Why) -> None:
        for pause in filter(which, self.open_pauses()):
            self._write(pause.key, RESUME, why, kind=pause.kind, closes=pause.id, about=pause.about)

    def _write(
        self,
        key: Key,
        entry: str,
        why: Why,
        *,
        on_day: date | None = None,
        days: int | None = None,
        warn_days: int | None = None,
        kind: str | None = None,
        closes: int | None = None,
        about: str = "",
    ) -> None:
        number = max((each.id for each in self._all()), default=0) + 1  # the database gives it its own
        letter = next((each.id for each in self.letters if each.item in ("", key.item or about)), None)
        self.written.append(
            Entry(
                id=number,
                clock=key.clock,
                entry=entry,
                on_day=on_day or self.today,
                item=key.item,
                days=days,
                kind=kind,
                closes=closes,
                about=about,
                warn_days=warn_days,
                reason=why.reason,
                law=why.law,
                letter_id=letter,
                actor=self.actor,
            )
        )
