"""Promises the numbers of the approval bureau's own permits, for documents that have no rule of their own."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("approval.permit", yearly=True)
def permit(numbering: Numbering) -> str:
    """As 370303审批许字〔2026〕第0001号 [A: the bureau's own style]."""
    return document_number("审批许", numbering)
