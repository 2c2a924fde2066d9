"""Keeps an item from being granted before, or without, what it rests on."""

from engine.cases import Case
from engine.catalogue import Catalogue, Item
from engine.decisions import decision
from engine.errors import Invalid
from engine.said import GRANTED, REFUSED


def refuse_without_what_it_needs(case: Case, item: Item, catalogue: Catalogue) -> None:
    """Raise Invalid at `outcome` while what the item needs is not decided, or when it was not granted."""
    if says := what_it_lacks(case, item, catalogue):
        raise Invalid({"outcome": says})


def what_it_lacks(case: Case, item: Item, catalogue: Catalogue) -> str:
    """Why an item cannot be granted as its case stands, and what to do instead; "" when nothing is."""
    for needed in (case.items[name] for name in item.needs if name in case.items):
        name = catalogue.item(needed.item).name
        if needed.outcome is None:
            return f"“{item.name}”以“{name}”为前提，要等它作出决定。请先办理“{name}”。"
        if needed.outcome != GRANTED:
            refuse = decision(item.kind, REFUSED)
            return (
                f"“{item.name}”以“{name}”为前提，而“{name}”没有获得准予，不能准予。"
                f"请选择“{refuse}”，并把这一点写进理由。"
            )
    return ""
