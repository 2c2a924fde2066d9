"""Reads the clocks of a case with everything that explains their dates."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from engine.catalogue import Catalogue
from engine.clock.calendar import read_calendar
from engine.clock.count import Line, state_of
from engine.clock.explain import Explained, ExplainedLine, LetterNamed
from engine.clock.ledger import CLOCKS, Entry, by_clock
from engine.clock.rows import read_entries
from engine.clock.words import TITLES, in_words
from engine.tables import cases, letters, users


def explained(db: Connection, case_id: int, catalogue: Catalogue, today: date) -> tuple[Explained, ...]:
    """The clocks of a case, those of the whole first, then each item's; `catalogue` is that of its law.

    Empty while nothing has started. Who may see the case is for the caller to know.
    """
    ledger = read_entries(db, case_id)
    if not ledger:
        return ()
    region = db.execute(select(cases.c.region).where(cases.c.id == case_id)).scalar_one()
    calendar = read_calendar(db, region)
    dressing = _Dressing(catalogue, _letters(db, ledger), _names(db, ledger))
    found = []
    for key, entries in by_clock(ledger).items():
        state = state_of(entries, calendar, today)
        if state is not None:
            title = TITLES[key.clock]
            lines = tuple(map(dressing.line, state.lines))
            found.append(Explained(key.clock, key.item, dressing.item(key.item), title, state, lines))
    return tuple(sorted(found, key=lambda each: (each.item, CLOCKS.index(each.clock))))


class _Dressing:
    """Puts names in the place of ids."""

    def __init__(
        self, catalogue: Catalogue, letters: Mapping[int, LetterNamed], names: Mapping[str, str]
    ) -> None:
        self._catalogue = catalogue
        self._letters = letters
        self._names = names

    def item(self, id: str) -> str:
        return self._catalogue.item(id).name if id else ""

    def line(self, line: Line) -> ExplainedLine:
        entry = line.entry
        return ExplainedLine(
            day=entry.on_day,
            entry=entry.entry,
            what=in_words(entry),
            days=line.days,
            kind=entry.kind or "",
            about=self.item(entry.about),
            reason=entry.reason,
            law=entry.law,
            letter=self._letters.get(entry.letter_id or 0),
            who=self._names.get(entry.actor, "系统"),
            due_on=line.due_on,
            projected=line.projected,
        )


def _letters(db: Connection, ledger: Sequence[Entry]) -> Mapping[int, LetterNamed]:
    ids = {entry.letter_id for entry in ledger if entry.letter_id is not None}
    query = select(letters.c.id, letters.c.kind, letters.c.number, letters.c.name)
    rows = db.execute(query.where(letters.c.id.in_(ids))) if ids else ()
    return {row.id: LetterNamed(row.id, row.kind, row.number, row.name) for row in rows}


def _names(db: Connection, ledger: Sequence[Entry]) -> Mapping[str, str]:
    """Actors as the log names them (`user:12`) → the person's name; the system has none."""
    ids = {int(entry.actor.removeprefix("user:")) for entry in ledger if entry.actor.startswith("user:")}
    rows = db.execute(select(users.c.id, users.c.name).where(users.c.id.in_(ids))) if ids else ()
    return {f"user:{row.id}": row.name for row in rows}
