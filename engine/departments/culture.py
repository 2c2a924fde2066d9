"""Promises the numbers of the culture and tourism department's permits."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("culture.entertainment_venue", yearly=True)
def entertainment_venue(numbering: Numbering) -> str:
    """As 370303文娱字〔2026〕第0001号 [A: the national system gives a longer one]."""
    return document_number("文娱", numbering)


@number_rule("culture.internet_venue", yearly=True)
def internet_venue(numbering: Numbering) -> str:
    """As 370303文网吧字〔2026〕第0001号 [A: the national system gives a longer one]."""
    return document_number("文网吧", numbering)
