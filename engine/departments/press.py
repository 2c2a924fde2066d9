"""Promises the numbers of the press and film administration's permits."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("press.publication", yearly=True)
def publication(numbering: Numbering) -> str:
    """As 370303新出发字〔2026〕第0001号 [A: the style of 新出发…字第…号]."""
    return document_number("新出发", numbering)


@number_rule("press.film", yearly=True)
def film(numbering: Numbering) -> str:
    """As 370303影放证字〔2026〕第0001号 [A: the place's own style]."""
    return document_number("影放证", numbering)
