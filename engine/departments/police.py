"""Promises the numbers of the public security department's permits and opinions."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("police.hotel_permit", yearly=True)
def hotel_permit(numbering: Numbering) -> str:
    """As 370303公特旅字〔2026〕第0001号 [A: the style of 特种行业许可证]."""
    return document_number("公特旅", numbering)


@number_rule("police.netbar_opinion", yearly=True)
def netbar_opinion(numbering: Numbering) -> str:
    """As 370303公网安审字〔2026〕第0001号 [A: the place's own style]."""
    return document_number("公网安审", numbering)
