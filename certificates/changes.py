"""Promises in words what changed from one issue of a certificate to another, naming persons masked."""

from collections.abc import Iterator, Mapping

from certificates.document import validity
from certificates.facts import CertificateData, LicenceLine
from forms.privacy import mask_name

FACTS = {
    "operator": "名称",
    "address": "经营场所",
    "uscc": "统一社会信用代码",
    "industry": "行业",
    "issuer": "发证机关",
}
OF_LICENCES = {"number": "编号", "decider": "决定机关", "scope": "许可范围"}


def changes(old: CertificateData, new: CertificateData, states: Mapping[str, str]) -> tuple[str, ...]:
    """One sentence a change, those of the whole certificate first.

    `states` are the words for how licences stand now, by number: what is listed no more says why.
    """
    return (*_of_the_whole(old, new), *_of_licences(old, new, states))


def _of_the_whole(old: CertificateData, new: CertificateData) -> Iterator[str]:
    for name, word in FACTS.items():
        yield from _changed(word, getattr(old, name), getattr(new, name))
    if old.legal_representative != new.legal_representative:
        was, now = mask_name(old.legal_representative), mask_name(new.legal_representative)
        yield f"法定代表人（负责人）由{was}改为{now}。" if was != now else "法定代表人（负责人）换了人。"


def _of_licences(old: CertificateData, new: CertificateData, states: Mapping[str, str]) -> Iterator[str]:
    """Licences are the same when they are of the same item: a renewed one may have a new number."""
    before, after = _by_item(old), _by_item(new)
    for item, line in before.items():
        if item in after:
            yield from _of_one(line, after[item])
        else:
            why = f"（{states[line.number]}）" if line.number in states else ""
            yield f"不再有“{item}”{why}。"
    yield from (f"增加了“{item}”。" for item in after if item not in before)


def _of_one(old: LicenceLine, new: LicenceLine) -> Iterator[str]:
    for name, word in OF_LICENCES.items():
        yield from _changed(f"“{old.item}”的{word}", getattr(old, name), getattr(new, name))
    yield from _changed(f"“{old.item}”的有效期", " ".join(validity(old)), " ".join(validity(new)))


def _changed(what: str, was: str, now: str) -> Iterator[str]:
    if was != now:
        yield f"{what}由“{was or '无'}”改为“{now or '无'}”。"


def _by_item(facts: CertificateData) -> dict[str, LicenceLine]:
    return {line.item: line for line in facts.licences}
