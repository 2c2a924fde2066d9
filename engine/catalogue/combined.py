"""Says how many working days a whole case takes, from the days of its items, by the rule set for the region.

The default rule, `longest_path`, follows a case through its joint stages: all reviews run side by side and
end with the longest, then comes one joint visit as long as the longest one, then all decisions side by side.
The others take one item's days for the whole: `longest_item`, or `shortest_item`, which press reports
say the Shandong pilot plan (鲁政办字〔2020〕58号) uses. Each item keeps its own statutory limit all the same.
"""

from collections.abc import Callable, Mapping, Sequence

from engine.catalogue.item import Item


def _longest_path(items: Sequence[Item]) -> int:
    phases = [item.phases for item in items]
    return max(p.review for p in phases) + max(p.visit for p in phases) + max(p.decide for p in phases)


RULES: Mapping[str, Callable[[Sequence[Item]], int]] = {
    "longest_path": _longest_path,
    "longest_item": lambda items: max(item.committed_days for item in items),
    "shortest_item": lambda items: min(item.committed_days for item in items),
}
DEFAULT_RULE = "longest_path"


def committed_days(items: Sequence[Item], rule: str) -> int:
    """Working days from acceptance to the last decision that the departments commit to; 0 without items."""
    return RULES[rule](items) if items else 0


def statutory_days(items: Sequence[Item]) -> int:
    """Working days that the law allows when all items run side by side: the longest; 0 without items."""
    return max((item.statutory_days for item in items), default=0)
