"""Promises the numbers of the emergency management department's licences."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("emergency.hazardous", yearly=True)
def hazardous(numbering: Numbering) -> str:
    """As 370303危化经字〔2026〕第0001号 [A: the style of 鲁…危化经字]."""
    return document_number("危化经", numbering)
