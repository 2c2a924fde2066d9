"""Promises the numbers of the health department's permits and filings, and what a clinic's is called."""

from engine.departments.registry import Numbering, Wording, document_number, document_rule, number_rule


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


CLINIC_KIND, CHINESE_MEDICINE = "med_kind", "中医诊所"


@document_rule("health.clinic_title")
def clinic_title(wording: Wording) -> str:
    """中医诊所备案证 for a clinic of Chinese medicine, for others what the item's file says [K].

    中医诊所备案管理暂行办法第七条; 诊所备案管理暂行办法.
    """
    kind = wording.answers.get(CLINIC_KIND)
    return f"{kind}备案证" if kind == CHINESE_MEDICINE else wording.document
