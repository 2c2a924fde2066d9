"""Promises the numbers of the agriculture department's licences and filings."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("agriculture.animal_practice", yearly=True)
def animal_practice(numbering: Numbering) -> str:
    """As 370303动诊证字〔2026〕第0001号 [A: the place's own style]."""
    return document_number("动诊证", numbering)


@number_rule("agriculture.veterinary_sale", yearly=True)
def veterinary_sale(numbering: Numbering) -> str:
    """As 370303兽药经营证字〔2026〕第0001号 [A: the national number has more parts]."""
    return document_number("兽药经营证", numbering)


@number_rule("agriculture.pesticide", yearly=True)
def pesticide(numbering: Numbering) -> str:
    """As 370303农药经许字〔2026〕第0001号 [A: the style of 农药经许（省）…]."""
    return document_number("农药经许", numbering)


@number_rule("agriculture.seed_record", yearly=True)
def seed_record(numbering: Numbering) -> str:
    """As 370303种备字〔2026〕第0001号 [A: the filing's code comes from the national register]."""
    return document_number("种备", numbering)
