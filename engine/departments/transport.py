"""Promises the numbers of the transport department's licences."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("transport.freight", yearly=True)
def freight(numbering: Numbering) -> str:
    """As 370303交运管许可字〔2026〕第0001号 [A: the style of 交运管许可…字…号]."""
    return document_number("交运管许可", numbering)
