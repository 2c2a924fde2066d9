"""Promises the numbers of the commerce department's approvals."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("commerce.oil_retail", yearly=True)
def oil_retail(numbering: Numbering) -> str:
    """As 370303油零售证字〔2026〕第0001号 [A: the style of 油零售证书]."""
    return document_number("油零售证", numbering)
