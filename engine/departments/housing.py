"""Promises the numbers of the housing and construction department's permits."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("housing.drainage_permit", yearly=True)
def drainage_permit(numbering: Numbering) -> str:
    """As 370303排水字〔2026〕第0001号 [A: the law leaves the number to the place]."""
    return document_number("排水", numbering)
