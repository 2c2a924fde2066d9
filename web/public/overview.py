"""What a service guide says about an industry as a whole, computed from its catalogue and its process."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.catalogue import Catalogue, Item, MergedMaterial
from engine.catalogue.combined import committed_days, statutory_days
from engine.catalogue.merging import merge
from engine.deployments import Deployment
from engine.workflow import Step

# The stages of every process, in their order: act of the steps → heading and what happens there.
STAGES = {
    "accept": (_l("窗口受理"), _l("综合窗口收到申请后当场或限时作出是否受理的决定。")),
    "review": (_l("各部门同时审查"), _l("只有您要办的事项才会审查，各部门同时进行、互不等待。")),
    "inspect": (_l("一次踏勘"), _l("有事项需要看现场的，各部门一起上门，只看一次。")),
    "decide": (_l("作出决定"), _l("每个事项由负责的机关分别作出决定，不予许可的书面说明理由。")),
    "issue": (_l("制证送达"), _l("准予的事项合并写在一张行业综合许可证上。")),
}


@dataclass(frozen=True)
class Stage:
    """One stage of the flow: its heading, what happens, and who does it there in how many working days."""

    title: str
    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Overview:
    """Figures for the case that asks for every item of the industry; an applicant's own may be smaller."""

    items: tuple[Item, ...]
    materials: tuple[MergedMaterial, ...]
    before_merging: int
    committed_days: int
    statutory_days: int
    fee: int
    stages: tuple[Stage, ...]


def overview(deployment: Deployment) -> Overview:
    """The overview of one deployment."""
    catalogue = deployment.catalogue
    items = tuple(catalogue.item(entry.id) for entry in catalogue.industry.items)
    return Overview(
        items=items,
        materials=merge(items, catalogue.materials, catalogue.facts({}, [item.id for item in items])),
        before_merging=sum(len(item.materials) for item in items),
        committed_days=committed_days(items, _rule(catalogue)),
        statutory_days=statutory_days(items),
        fee=sum(item.fee for item in items),
        stages=tuple(_stages(deployment.model.steps.values())),
    )


def when_needed(catalogue: Catalogue, item: str) -> str:
    """Whether everybody needs the item, some, or those who wish to: 必办, 视情况, 自愿选办."""
    entry = next(each for each in catalogue.industry.items if each.id == item)
    if entry.when is None:
        return str(_("必办"))
    return str(_("自愿选办")) if entry.optional else str(_("视情况"))


def _rule(catalogue: Catalogue) -> str:
    city = next(region for region in catalogue.regions.values() if not region.parent)
    return str(city.settings["combined_limit"])


def _stages(steps: Iterable[Step]) -> Iterable[Stage]:
    all_steps = tuple(steps)
    for act, (title, text) in STAGES.items():
        found = tuple(step for step in all_steps if step.act == act)
        if found:
            yield Stage(str(title), str(text), found)
