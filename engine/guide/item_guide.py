"""What a guide says about one item, in words: who decides, when it is needed, by which law, how long."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.catalogue import Catalogue, IndustryItem, Item, Region
from engine.catalogue.item import LEVELS
from engine.catalogue.wording import filled

ALWAYS, DEPENDS, OPTIONAL = "必办", "视情况", "自愿选办"
NO_VISIT = "不需要"
_LEVELS = dict(zip(LEVELS, ("区（县）级", "市级"), strict=True))
_COMMITMENTS = {
    "full": "可以选择告知承诺",
    "partial": "符合规定情形的，可以选择告知承诺",
    "none": "不适用告知承诺",
}
_NOT_YET = "法律允许部分情形告知承诺，本地暂未开通"


@dataclass(frozen=True)
class Point:
    """One condition that is looked at, and its law."""

    text: str
    basis: str


@dataclass(frozen=True)
class ItemGuide:
    """One item in words. Days are working days, 0 is on the spot; `fee` is in yuan; `code` may be empty.

    `sub_codes` are those of what can be asked for: granting, renewal, change. `document` is what a grant
    yields, "" for an item that is only a stage of another.
    """

    id: str
    name: str
    short: str
    kind: str
    code: str
    sub_codes: tuple[tuple[str, str], ...]
    need: str
    why: str
    otherwise: str
    document: str
    authority: str
    reviewer: str
    regulator: str
    level: str
    basis: tuple[str, ...]
    committed_days: int
    statutory_days: int
    statutory_note: str
    extension_days: int
    commitment: str
    visit: str
    validity: str
    renewal: str
    fee: int
    conditions: tuple[Point, ...]


def item_guide(
    catalogue: Catalogue, entry: IndustryItem, region: Region | None, values: Mapping[str, object]
) -> ItemGuide:
    """An industry's item; offices are those of `region`, without one they are departments.

    `values` are put into the sentences.
    """
    item = catalogue.item(entry.id)
    return ItemGuide(
        id=item.id,
        name=item.name,
        short=item.short,
        kind=item.kind,
        code=item.code or "",
        sub_codes=tuple(item.sub_codes.items()),
        need=need_of(entry),
        why=filled(entry.why, values),
        otherwise=filled(entry.otherwise, values),
        document=item.licence.document if item.licence else "",
        authority=office(catalogue, item, item.authority, region),
        reviewer=office(catalogue, item, item.reviewer, region),
        regulator=office(catalogue, item, item.regulator, region),
        level=_LEVELS[item.level],
        basis=tuple(map(str, item.basis)),
        committed_days=item.committed_days,
        statutory_days=item.statutory_days,
        statutory_note=item.statutory_note or "",
        extension_days=item.extension_days,
        commitment=_commitment(item),
        visit=visit_of(item),
        validity=_validity(catalogue, item),
        renewal=item.renewal.in_words() if item.renewal else "",
        fee=item.fee,
        conditions=tuple(Point(each.text, each.basis) for each in item.checklist),
    )


def need_of(entry: IndustryItem) -> str:
    """Whether everybody needs the item, some, or those who wish to."""
    if entry.when is None and not entry.optional:
        return ALWAYS
    return OPTIONAL if entry.optional else DEPENDS


def office(catalogue: Catalogue, item: Item, department: str, region: Region | None) -> str:
    """The office that handles an item in `region`; the city's for an item of the city, wherever it is."""
    if region is None and item.level != "city":
        return catalogue.department(department).name
    place = region or city_of(catalogue)
    return catalogue.office_name(department, catalogue.region_for(item.id, place.code))


def city_of(catalogue: Catalogue) -> Region:
    """The region that all others belong to."""
    return next(each for each in catalogue.regions.values() if not each.parent)


def _commitment(item: Item) -> str:
    if item.commitment == "partial" and item.commitment_when is None:
        return _NOT_YET
    words = _COMMITMENTS[item.commitment]
    if item.committed_days_on_commitment is not None:
        days = item.committed_days_on_commitment
        words += f"，选择承诺的{f'{days} 个工作日内' if days else '当场'}作出决定"
    if item.post_check_days:
        words += f"，决定后 {item.post_check_days} 个工作日内核查"
    return words


def visit_of(item: Item) -> str:
    """Whether somebody comes to look at the place for this item."""
    if item.inspection.names:
        return "视情况"
    return "需要" if item.inspection.evaluate({}) else NO_VISIT


def _validity(catalogue: Catalogue, item: Item) -> str:
    if item.licence is None:
        parent = catalogue.items.get(item.stage_of or "")
        return f"不单独发证，是“{parent.name}”的一个阶段" if parent else "不单独发证"
    return f"{item.validity_years} 年" if item.validity_years else "长期有效"
