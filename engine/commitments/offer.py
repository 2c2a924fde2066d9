"""Says for which items of a draft the applicant may promise to meet the conditions, and what that means."""

from dataclasses import dataclass

from engine.catalogue.item import Item
from engine.catalogue.stated import FACTS_OF_ANY
from engine.drafts import Draft
from engine.errors import NotFound

CHECKED_WITHIN = 40  # working days, where the item does not say


@dataclass(frozen=True)
class Offer:
    """One item that may be promised.

    `days` are working days until it is decided, 0 on the spot; `usual_days` those of the usual way.
    `check_days` are working days after the decision within which it is checked, by the office `checker`.
    """

    item: Item
    authority: str
    checker: str
    days: int
    usual_days: int
    visit: bool
    check_days: int


def offered(draft: Draft) -> tuple[Offer, ...]:
    """The items of a draft that may be promised as its answers stand, in the order of the industry."""
    catalogue = draft.deployment.catalogue_on(draft.today)
    facts = catalogue.facts(draft.record.guide, draft.items)
    read = {name: facts[name] for name in FACTS_OF_ANY}
    region = draft.record.region
    return tuple(
        Offer(
            item=needed.item,
            authority=catalogue.authority_of(needed.item.id, region),
            checker=catalogue.office_name(
                needed.item.regulator, catalogue.region_for(needed.item.id, region)
            ),
            days=needed.item.committed_days_on_commitment or 0,
            usual_days=needed.item.committed_days,
            visit=needed.visit,
            check_days=check_days(needed.item),
        )
        for needed in draft.result.items
        if needed.item.may_be_promised(read, draft.record.answers)
    )


def offer_of(draft: Draft, item: str) -> Offer:
    """The offer for one item; NotFound when it is not offered."""
    found = next((each for each in offered(draft) if each.item.id == item), None)
    if found is None:
        raise NotFound("这个事项现在不能选择告知承诺。", "请按一般程序办理，或返回申请查看哪些事项可以选。")
    return found


def check_days(item: Item) -> int:
    """The working days within which a promise about an item is checked."""
    return item.post_check_days or CHECKED_WITHIN
