"""Promises the numbers of the education department's school permits."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("education.school", yearly=True)
def school(numbering: Numbering) -> str:
    """As 370303教民字〔2026〕第0001号 [A: the school's code has parts of its own]."""
    return document_number("教民", numbering)
