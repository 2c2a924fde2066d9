"""Promises the numbers of the fire and rescue department's opinions."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("fire.check_opinion", yearly=True)
def check_opinion(numbering: Numbering) -> str:
    """As 370303消安检字〔2026〕第0001号 [A: the style printed elsewhere]."""
    return document_number("消安检", numbering)
