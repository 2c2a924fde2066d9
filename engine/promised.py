"""The working days from acceptance in which each item of a case is decided, as the departments promise it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.cases import Case
from engine.catalogue import Item
from engine.catalogue.combined import planned_days
from engine.catalogue.item import Phases
from engine.said import COMMITMENT


def as_promised(case: Case, item: Item) -> Item:
    """The item with the days that hold for the way in which the applicant takes it."""
    days = item.committed_days_on_commitment
    if days is None or case.items[item.id].way != COMMITMENT:
        return item
    return replace(item, committed_days=days, phases=Phases(0, 0, days))


def promised_days(case: Case, items: Sequence[Item]) -> Mapping[str, int]:
    """Item → days; what is decided together is done together, what the applicant promised at once."""
    taken = [as_promised(case, item) for item in items]
    together = planned_days(taken)
    return {
        item.id: item.committed_days if case.items[item.id].way == COMMITMENT else together[item.id]
        for item in taken
    }
