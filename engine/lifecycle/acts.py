"""What is said at the steps of a certificate's life: an authority agrees or declines, item by item."""

from collections.abc import Mapping

from engine.cases import Case
from engine.catalogue import Catalogue
from engine.errors import Invalid
from engine.said import GRANTED, REFUSED, Said, Values, item_of
from engine.workflow import Step

AGREE, DECLINE = "agree", "decline"
ASKED = ("reasons", "remedies", "until")  # what a form may ask beside the outcome


def settle(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The authority of one item agrees, or declines with reasons (行政许可法第三十八条)."""
    item, outcome = item_of(step), str(values["outcome"])
    said = {name: str(values[name]) for name in ASKED if values.get(name)}
    if outcome == AGREE and case.items[item].opinion == "disagree" and not said.get("reasons"):
        raise Invalid({"reasons": "审查意见是不同意。如仍决定准予，请写明理由。"})
    settled = case.words.get("settled")
    together = {**(settled if isinstance(settled, dict) else {}), item: said}
    return Said(outcome, {item: _spoken(outcome, said)}, case={"settled": together})


def attest(case: Case, step: Step, values: Values, catalogue: Catalogue) -> Said:
    """The window confirms what was asked for the certificate as a whole, or declines."""
    outcome = str(values["outcome"])
    said = {name: str(values[name]) for name in ASKED if values.get(name)}
    open_items = [item for item, each in case.items.items() if each.outcome is None]
    words = {item: _spoken(outcome, said) for item in open_items}
    return Said(outcome, words, case={"settled": dict.fromkeys(open_items, said)})


def settled_of(case: Case, item: str) -> Mapping[str, str]:
    """What the authority of an item said when it settled, by the names of ASKED."""
    settled = case.words.get("settled")
    said = settled.get(item) if isinstance(settled, dict) else None
    return said if isinstance(said, dict) else {}


def _spoken(outcome: str, said: Mapping[str, str]) -> dict[str, str | None]:
    return {"outcome": GRANTED if outcome == AGREE else REFUSED, "reasons": said.get("reasons")}
