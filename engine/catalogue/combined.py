"""Says how many working days a whole case takes, from the days of its items, by the rule set for the region.

The default rule, `longest_path`, follows a case through its stages as the diagrams draw them. Items that
others need before their review come first, one after another. Then all reviews run side by side and end with
the longest, then comes one joint visit as long as the longest one, then the decisions: each as early as the
decisions that it needs allow. Of the other rules `longest_item` and `shortest_item` take one item's days for
the whole (the Shandong pilot plan, 鲁政办字〔2020〕58号, is reported to count by the shortest), and `fixed`
takes the industry's one published figure. Each item keeps its own statutory limit all the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from engine.catalogue.item import REVIEW, Item

DEFAULT_RULE = "longest_path"
FIXED = "fixed"


def _longest_path(items: Sequence[Item]) -> int:
    first = needed_first(items)
    rest = [item for item in items if item.id not in first]
    before = sum(item.committed_days for item in items if item.id in first)
    return before + _joint(rest)  # something always remains: needs never run in a circle


def _joint(items: Sequence[Item]) -> int:
    """One joint review, one joint visit and the longest chain of decisions."""
    phases = [item.phases for item in items]
    decisions = _longest_chain(items, {item.id: item.phases.decide for item in items})
    return max(each.review for each in phases) + max(each.visit for each in phases) + decisions


RULES: Mapping[str, Callable[[Sequence[Item]], int]] = {
    DEFAULT_RULE: _longest_path,
    "longest_item": lambda items: max(item.committed_days for item in items),
    "shortest_item": lambda items: min(item.committed_days for item in items),
    FIXED: _longest_path,  # where the industry has published no figure
}


def committed_days(items: Sequence[Item], rule: str, fixed: int | None = None) -> int:
    """Working days from acceptance to the last decision that the departments commit to; 0 without items.

    `fixed` is the figure that the industry has published, if it has.
    """
    if not items:
        return 0
    return fixed if rule == FIXED and fixed is not None else RULES[rule](items)


def planned_days(items: Sequence[Item]) -> Mapping[str, int]:
    """Item → working days from acceptance in which it is decided when all are handled together.

    An item of two days waits for the joint visit of one of five: alone it would be faster, but the applicant
    gets everything at once. Never more than the law gives the item, where the law gives it days at all.
    """
    first = needed_first(items)
    before = sum(item.committed_days for item in items if item.id in first)
    rest = [item for item in items if item.id not in first]
    phases = [item.phases for item in rest]
    joint = before + max(each.review for each in phases) + max(each.visit for each in phases)
    planned = {item.id: before for item in items if item.id in first}
    planned |= {
        id: joint + days for id, days in _chain_ends(rest, {i.id: i.phases.decide for i in rest}).items()
    }
    return {item.id: min(planned[item.id], item.statutory_days or planned[item.id]) for item in items}


def statutory_days(items: Sequence[Item]) -> int:
    """Working days that the law allows when only items that need each other wait; 0 without items."""
    return _longest_chain(items, {item.id: item.statutory_days for item in items})


def needed_first(items: Iterable[Item]) -> frozenset[str]:
    """The items that are decided before the joint review begins, for another one's review waits for them."""
    chosen = {item.id: item for item in items}
    waiting = [needed for item in chosen.values() for needed, phase in item.needs.items() if phase == REVIEW]
    found: set[str] = set()
    while waiting:
        id = waiting.pop()
        if id in chosen and id not in found:
            found.add(id)
            waiting += chosen[id].needs
    return frozenset(found)


def _longest_chain(items: Sequence[Item], days: Mapping[str, int]) -> int:
    """The most days that items take which wait for one another."""
    return max(_chain_ends(items, days).values(), default=0)


def _chain_ends(items: Sequence[Item], days: Mapping[str, int]) -> Mapping[str, int]:
    """Item → the days after which it is done when it waits for those it needs; never in a circle."""
    chosen = {item.id: item for item in items}
    ends: dict[str, int] = {}

    def end(id: str) -> int:
        if id not in ends:
            ends[id] = days[id] + max((end(each) for each in chosen[id].needs if each in chosen), default=0)
        return ends[id]

    return {id: end(id) for id in chosen}
