"""What the check must know of the lanes and items that a diagram names, taken from a catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.catalogue import Catalogue
from forms.library import FormLibrary

DISTRICT, CITY = "district", "city"
CALLED = {DISTRICT: "区县级", CITY: "市级"}


@dataclass(frozen=True)
class KnownLane:
    """Who works in a lane; `department` is "" for people outside, `level` district or city."""

    department: str
    role: str
    level: str = DISTRICT


@dataclass(frozen=True)
class KnownItem:
    """What an item asks of the diagrams that handle it.

    `needs`: item → the act of this item, review or decide, that waits for that item's decision. `days`: act →
    working days, 0 for no limit; an act that is not named may have any. `licensed`: whether granting it
    gives a licence of its own.
    """

    authority: str
    reviewer: str
    level: str = DISTRICT
    needs: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    licensed: bool = True


def lanes_of(catalogue: Catalogue) -> Mapping[str, KnownLane]:
    """The lanes of a catalogue by name."""
    return {
        name: KnownLane(lane.department or "", lane.role, lane.level)
        for name, lane in catalogue.lanes.items()
    }


def forms_of(library: FormLibrary) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The forms of steps by id: their questions by id, and the values of the options of each."""
    return {
        form.id: {field.id: frozenset(option.value for option in field.options) for field in form.fields}
        for form in library.steps.values()
    }


def items_of(catalogue: Catalogue) -> Mapping[str, KnownItem]:
    """The items of a catalogue by id."""
    return {
        item.id: KnownItem(
            item.authority,
            item.reviewer,
            item.level,
            item.needs,
            {"review": item.phases.review, "decide": item.phases.decide},
            item.licence is not None,
        )
        for item in catalogue.items.values()
    }
