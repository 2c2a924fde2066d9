"""Promises the numbers of the press and film administration's permits, and what a bookshop may do."""

from engine.departments.registry import Numbering, Wording, document_number, number_rule, scope_rule


@number_rule("press.publication", yearly=True)
def publication(numbering: Numbering) -> str:
    """As 370303新出发字〔2026〕第0001号 [A: the style of 新出发…字第…号]."""
    return document_number("新出发", numbering)


@number_rule("press.film", yearly=True)
def film(numbering: Numbering) -> str:
    """As 370303影放证字〔2026〕第0001号 [A: the place's own style]."""
    return document_number("影放证", numbering)


RENTS, ONLINE = "pub_rental", "pub_online"


@scope_rule("press.publication_scope")
def publication_scope(wording: Wording) -> str:
    """As 图书、期刊零售；出租；网络销售: how is part of what is permitted (出版物市场管理规定第二条 [K])."""
    goods = "、".join(word for word in wording.words.values() if word)
    ways = {RENTS: "出租", ONLINE: "网络销售"}
    return "；".join([f"{goods}零售", *(word for name, word in ways.items() if wording.answers.get(name))])
