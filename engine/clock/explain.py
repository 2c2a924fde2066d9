"""What a person reads about a clock: its name, where it stands, and a line for each entry of its ledger."""

from dataclasses import dataclass
from datetime import date

from engine.clock.count import ClockState


@dataclass(frozen=True)
class LetterNamed:
    """The letter that goes with an entry."""

    id: int
    kind: str
    number: str
    name: str


@dataclass(frozen=True)
class ExplainedLine:
    """One entry of a ledger in words.

    `entry` is start, pause, resume, extend or stop; `what` says it in Chinese. `days` is what it did to the
    date, in working days (a resume: what the pause really took). `about` is the item that an entry of a clock
    of the whole case is about, by name. `due_on` is the date after it, by what was known on `day`;
    `projected` when it hung on a pause that still lasted.
    """

    day: date
    entry: str
    what: str
    days: int | None
    kind: str
    about: str
    reason: str
    law: str
    letter: LetterNamed | None
    who: str
    due_on: date
    projected: bool


@dataclass(frozen=True)
class Explained:
    """A clock of a case with its lines, in the order of the ledger; `item` and `item_name` '' for the whole.

    `clock` is receipt, bundle, statutory or committed; `title` says it in Chinese.
    """

    clock: str
    item: str
    item_name: str
    title: str
    state: ClockState
    lines: tuple[ExplainedLine, ...]
