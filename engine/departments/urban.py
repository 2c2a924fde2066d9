"""Promises the numbers of the urban management department's receipts."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("urban.signboard_filing", yearly=True)
def signboard_filing(numbering: Numbering) -> str:
    """As 370303招牌备字〔2026〕第0001号 [A: a filing, numbered by the place's own rule]."""
    return document_number("招牌备", numbering)
