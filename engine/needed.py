"""An item that rests on another of the same case is granted only after that one was."""

from engine.cases import Case
from engine.catalogue import Catalogue, Item
from engine.errors import Invalid


def refuse_without_what_it_needs(case: Case, item: Item, catalogue: Catalogue) -> None:
    """Raise Invalid at `outcome` while what the item needs is not decided, or when it was not granted."""
    for needed in (case.items[name] for name in item.needs if name in case.items):
        name = catalogue.item(needed.item).name
        if needed.outcome is None:
            raise Invalid({"outcome": f"“{item.name}”以“{name}”为前提，要等它作出决定。请先办理“{name}”。"})
        if needed.outcome != "granted":
            raise Invalid(
                {
                    "outcome": f"“{item.name}”以“{name}”为前提，而“{name}”没有获得准予，不能准予。"
                    "请选择“不予许可”，并把这一点写进理由。"
                }
            )
