"""A visit's sheet as pages and minutes show it: results with who found them, photos, signatures, warnings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.cases import Case
from engine.inspections.experts import Expert
from engine.inspections.fold import SIGNED, Sheet
from engine.inspections.inspection import Inspection
from engine.inspections.places import Position
from engine.inspections.strokes import Strokes
from forms.checklist import Point


@dataclass(frozen=True)
class Saying:
    """What one person found at a point; `skewed`: the phone's clock was far off when it sent this."""

    entry: str
    person: int
    name: str
    result: str
    words: str
    noted_at: datetime
    skewed: bool


@dataclass(frozen=True)
class Photo:
    """A photo of the visit; `far`, `late` and `skewed` warn whoever looks at it.

    `late` came after the visit was closed, so it is not in the minutes. `sha256` is that of the file,
    `thumbnail` that of its small JPEG.
    """

    id: str
    point: str
    label: str
    sha256: str
    thumbnail: str
    media_type: str
    size: int
    person: int
    by: str
    taken_at: datetime
    received_at: datetime
    position: Position | None
    far: bool
    late: bool
    skewed: bool


@dataclass(frozen=True)
class PointView:
    """A point with what was found: `result` '' before anybody looked, `divided` where they differ.

    `offices` are the names of those whose part it is, `keys` the same as (department, region).
    """

    point: Point
    offices: tuple[str, ...]
    keys: frozenset[tuple[str, str]]
    result: str
    said: tuple[Saying, ...]
    divided: bool
    photos: tuple[Photo, ...]

    @property
    def words(self) -> str:
        """What was written of it: one person's words as they are, those of several with the name before."""
        written = [(each.name, each.words) for each in self.said if each.words]
        if len(written) == 1:
            return written[0][1]
        return "\n".join(f"{name}：{words}" for name, words in written)


@dataclass(frozen=True)
class Signer:
    """Somebody of the team, or who noted something without being of it.

    `state` is signed, outdated (something was changed after it) or '' for not yet; `strokes` () then, and
    for a signature on paper, of which `paper` is the photo's id.
    """

    person: int
    name: str
    office: str
    in_team: bool
    noted: bool
    state: str
    strokes: Strokes
    signed_at: datetime | None
    paper: str = ""


@dataclass(frozen=True)
class Party:
    """The answer of the applicant's person: signed, or refused with words; it covers what holds."""

    answer: str
    name: str
    words: str
    strokes: Strokes
    noted_at: datetime
    paper: str = ""


@dataclass(frozen=True)
class SheetView:
    """One visit with everything that was noted; `settings` are those of its region."""

    inspection: Inspection
    case: Case
    points: tuple[PointView, ...]
    photos: tuple[Photo, ...]
    signers: tuple[Signer, ...]
    party: Party | None
    party_outdated: bool
    sheet: Sheet
    item_names: Mapping[str, str]
    experts: tuple[Expert, ...]

    def photo(self, id: str) -> Photo | None:
        """The photo with this id."""
        return next((each for each in self.photos if each.id == id), None)

    @property
    def unanswered(self) -> tuple[Point, ...]:
        """The points that nobody looked at yet."""
        return tuple(each.point for each in self.points if not each.result)

    @property
    def signed(self) -> tuple[Signer, ...]:
        """Those of the team whose signature holds."""
        return tuple(each for each in self.signers if each.in_team and each.state == SIGNED)
