"""Promises the numbers of the human resources department's licences."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("labour.dispatch", yearly=True)
def dispatch(numbering: Numbering) -> str:
    """As 370303劳派字〔2026〕第0001号 [A: the law leaves the number to the place]."""
    return document_number("劳派", numbering)


@number_rule("labour.agency", yearly=True)
def agency(numbering: Numbering) -> str:
    """As 370303人服证字〔2026〕第0001号 [A: the style of 人服证字]."""
    return document_number("人服证", numbering)


@number_rule("labour.school", yearly=True)
def school(numbering: Numbering) -> str:
    """As 370303人社民字〔2026〕第0001号 [A: the school's code has parts of its own]."""
    return document_number("人社民", numbering)
