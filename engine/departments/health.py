"""Promises the numbers of the health department's permits and filings."""

from engine.departments.registry import Numbering, document_number, number_rule


@number_rule("health.hygiene_permit", yearly=True)
def hygiene_permit(numbering: Numbering) -> str:
    """As 370303卫公证字〔2026〕第0001号 [A: the region's code for its abbreviation]."""
    return document_number("卫公证", numbering)


@number_rule("health.clinic_record", yearly=True)
def clinic_record(numbering: Numbering) -> str:
    """As 370303诊备字〔2026〕第0001号 [A: the clinic's own code comes from the national register]."""
    return document_number("诊备", numbering)


@number_rule("health.radiation_permit", yearly=True)
def radiation_permit(numbering: Numbering) -> str:
    """As 370303卫放证字〔2026〕第0001号 [A: the style printed elsewhere]."""
    return document_number("卫放证", numbering)
