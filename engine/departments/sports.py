"""Promises the numbers of the sports department's permits."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("sports.high_risk", yearly=True)
def high_risk(numbering: Numbering) -> str:
    """As 370303高危体字〔2026〕第0001号 [A: the style of 经营高危险性体育项目许可证]."""
    return document_number("高危体", numbering)
