"""Items that a test makes up, with nothing in them but what the test is about."""

from collections.abc import Mapping
from datetime import date

from engine.catalogue import Item, Phases
from engine.catalogue.item_sheet import ItemSheet


def item(id: str, phases: Phases, needs: Mapping[str, str] | None = None) -> Item:
    """An item that takes as long as the law allows and needs the decisions of others."""
    days = phases.review + phases.visit + phases.decide
    made: Item = ItemSheet().load(
        {
            "id": id,
            "name": id,
            "short": id,
            "kind": "行政许可",
            "authority": "approval",
            "reviewer": "approval",
            "regulator": "approval",
            "level": "district",
            "basis": [{"law": "行政许可法"}],
            "statutory_days": days,
            "committed_days": days,
            "phases": {"review": phases.review, "visit": phases.visit, "decide": phases.decide},
            "inspection": phases.visit > 0,
            "commitment": "none",
            "fee": 0,
            "needs": dict(needs or {}),
            "licence": {"document": id, "number": "approval.serial"},
            "materials": [],
            "effective_from": date(2020, 1, 1),
        }
    )
    return made
