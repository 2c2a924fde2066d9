"""Promises the numbers, days and scopes of the agriculture department's licences and filings."""

from datetime import date

from engine.departments.registry import (
    Days,
    NotDated,
    Numbering,
    Term,
    Wording,
    document_number,
    number_rule,
    scope_rule,
    validity_rule,
)
from engine.departments.usual import validity


@number_rule("agriculture.animal_practice", yearly=True)
def animal_practice(numbering: Numbering) -> str:
    """As 370303动诊证字〔2026〕第0001号 [A: the place's own style]."""
    return document_number("动诊证", numbering)


@number_rule("agriculture.veterinary_sale", yearly=True)
def veterinary_sale(numbering: Numbering) -> str:
    """As 370303兽药经营证字〔2026〕第0001号 [A: the national number has more parts]."""
    return document_number("兽药经营证", numbering)


@number_rule("agriculture.pesticide", yearly=True)
def pesticide(numbering: Numbering) -> str:
    """As 370303农药经许字〔2026〕第0001号 [A: the style of 农药经许（省）…]."""
    return document_number("农药经许", numbering)


@number_rule("agriculture.seed_record", yearly=True)
def seed_record(numbering: Numbering) -> str:
    """As 370303种备字〔2026〕第0001号 [A: the filing's code comes from the national register]."""
    return document_number("种备", numbering)


CONTRACT_ENDS = "seed_until"  # asked only of those who sell for another


@validity_rule("agriculture.seed_contract")
def seed_contract(term: Term) -> Days:
    """Until the written contract to sell for another ends; without such a contract as usual [A].

    种子法第三十八条: who sells for another needs no licence while the written contract holds. NotDated for a
    contract that has ended by the decision.
    """
    ends = term.answers.get(CONTRACT_ENDS)
    if not ends:
        return validity(term)
    last = date.fromisoformat(str(ends))
    if last < term.starts:
        raise NotDated(f"书面委托到 {last} 为止，已经期满，不能据此备案。请核对申请表。")
    return term.starts, last


@scope_rule("agriculture.pesticide_scope")
def pesticide_scope(wording: Wording) -> str:
    """Which of the two scopes of the law: all pesticides, or all but those of restricted use.

    农药经营许可管理办法第十一条 [K]: 经营范围按照农药、农药（限制使用农药除外）分别标注. The licences of this
    kind are of the second, restricted ones being licensed by the province (第四条).
    """
    return "农药（限制使用农药除外）"
