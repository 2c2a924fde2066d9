"""Makes one sheet of what all phones noted: any order and any repetition of the entries give the same sheet.

Of what one person said of one point the entry with the highest (edit, device, id) holds; `edit` is a Lamport
clock, so that no phone's clock decides. Between persons nobody overwrites anybody: what one found wrong stays
wrong, whoever else found it right, and the sheet shows both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

POINT, SIGNATURE, PARTY = KINDS = ("point", "signature", "party")
PASS, FAIL, NA = RESULTS = ("pass", "fail", "na")
SIGNED, REFUSED = "signed", "refused"  # what the applicant's person does


@dataclass(frozen=True)
class Entry:
    """One thing that one person noted; `body` by kind:

    point: {result, words}. signature: {strokes, covers}. party: {answer, name, words, strokes, covers}.
    Who signed on paper has no strokes but `paper`, the id of the photo of it.
    `covers` are the ids of the entries about points that held when it was signed.
    """

    id: str
    person: int
    device: str
    kind: str
    subject: str
    edit: int
    body: Mapping[str, Any]
    noted_at: datetime
    skew: int = 0

    @property
    def rank(self) -> tuple[int, str, str, int]:
        """Which of two entries holds: the higher."""
        return self.edit, self.device, self.id, self.person


@dataclass(frozen=True)
class Found:
    """What was found at one point: `said` holds the entry of each person who looked, by person."""

    point: str
    result: str
    said: tuple[Entry, ...]

    @property
    def divided(self) -> bool:
        """Whether people came to different results."""
        return len({each.body["result"] for each in self.said}) > 1


@dataclass(frozen=True)
class Sheet:
    """A visit as noted so far; a signature is among `signed` only while it covers everything that holds.

    `outdated` are persons whose newest signature covers something else. `party` is the applicant's person's
    answer if it covers what holds; `party_outdated` says that there is only one which does not.
    """

    points: Mapping[str, Found]
    holding: frozenset[str]  # ids of the entries about points that hold: what a signature has to cover
    signed: Mapping[int, Entry]
    outdated: frozenset[int]
    party: Entry | None
    party_outdated: bool
    edit: int  # the highest so far: what a phone notes next has a higher one


def fold(entries: Iterable[Entry]) -> Sheet:
    """The sheet that these entries make."""
    latest: dict[tuple[str, str, int], Entry] = {}
    for entry in entries:
        key = entry.kind, entry.subject, entry.person
        known = latest.get(key)
        if known is None or known.rank < entry.rank:
            latest[key] = entry
    held = [latest[key] for key in sorted(latest)]
    noted = [each for each in held if each.kind == POINT]
    holding = frozenset(each.id for each in noted)
    signatures = [each for each in held if each.kind == SIGNATURE]
    parties = [each for each in held if each.kind == PARTY]
    valid = [each for each in parties if covers(each, holding)]
    return Sheet(
        points=_points(noted),
        holding=holding,
        signed={each.person: each for each in signatures if covers(each, holding)},
        outdated=frozenset(each.person for each in signatures if not covers(each, holding)),
        party=max(valid, key=lambda each: each.rank, default=None),
        party_outdated=bool(parties) and not valid,
        edit=max((each.edit for each in held), default=0),
    )


def covers(entry: Entry, holding: frozenset[str]) -> bool:
    """Whether what was signed is what holds; an empty sheet cannot be signed."""
    return bool(holding) and frozenset(entry.body["covers"]) == holding


def worst_of(results: Iterable[str]) -> str:
    """One result of several: what one found wrong is wrong; it matters as soon as it matters to one."""
    found = set(results)
    return next(each for each in (FAIL, PASS, NA) if each in found)


def _points(noted: Iterable[Entry]) -> dict[str, Found]:
    said: dict[str, list[Entry]] = {}
    for entry in noted:
        said.setdefault(entry.subject, []).append(entry)
    return {
        point: Found(point, worst_of(each.body["result"] for each in those), tuple(those))
        for point, those in said.items()
    }
