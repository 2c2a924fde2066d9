"""The public guide (办事指南) of an industry, computed from its deployment: nobody writes it by hand.

Everything in it is words and numbers, so that a page and a PDF can only say the same. 行政许可法第三十条 asks
the office to publish items, basis, conditions, quantity, procedure, limits and materials.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.catalogue import Catalogue, Item, Region
from engine.catalogue.combined import DEFAULT_RULE, committed_days, statutory_days
from engine.catalogue.wording import filled
from engine.days import local_day
from engine.deployments import Deployment
from engine.guide.item_guide import ALWAYS, NO_VISIT, ItemGuide, city_of, item_guide
from engine.guide.material_guide import MaterialGuide, before_merging, material_guides
from engine.guide.stages import Stage, course_of, stages_of

NOBODYS_NUMBER = "若干"  # in a sentence that repeats an applicant's own answer
NO_REGION = "所在区（县）"
JOINT_VISIT = "联合踏勘"
FREE, COUNTED = "不收费", "计入"
WINDOW = "“一件事”综合窗口"
# 行政许可法第三十四条 on looking at the place, 第四十五条 on what does not count in the limits.
VISIT_LAW = "《中华人民共和国行政许可法》第三十四条"
REMEDIES = (
    "对决定不服的，可以自知道决定之日起 60 日内申请行政复议（《中华人民共和国行政复议法》第二十条）。",
    "也可以自知道决定之日起 6 个月内直接向人民法院提起行政诉讼（《中华人民共和国行政诉讼法》第四十六条）。",
)


@dataclass(frozen=True)
class Unfit:
    """Whom the industry's certificate is not for, and what to do instead."""

    because: str
    instead: str


@dataclass(frozen=True)
class SpecialStage:
    """A special stage (特殊环节) of an item: how long it takes, by which law, whether it costs and counts."""

    item: str
    name: str
    time: str
    basis: str
    charged: str
    counted: str


@dataclass(frozen=True)
class Window:
    """Where the industry is handled: a region and the office whose window it is."""

    region: str
    office: str


@dataclass(frozen=True)
class Faq:
    """A question that is often asked, and its answer."""

    ask: str
    answer: str


@dataclass(frozen=True)
class PublicGuide:
    """The guide for the case that asks for every item; an applicant's own case may be smaller.

    Days are working days from acceptance, `fee` is in yuan. The sums add up what each item alone would take.
    """

    industry: str
    name: str
    title: str
    summary: str
    classes: tuple[str, ...]
    lead: str
    version: int
    sha256: str
    published_on: date
    region: str
    windows: tuple[Window, ...]
    items: tuple[ItemGuide, ...]
    unfit: tuple[Unfit, ...]
    notes: tuple[str, ...]
    materials: tuple[MaterialGuide, ...]
    before_merging: int
    special: tuple[SpecialStage, ...]
    stages: tuple[Stage, ...]
    committed_days: int
    committed_sum: int
    statutory_days: int
    statutory_sum: int
    fee: int
    visits: int
    faq: tuple[Faq, ...]
    remedies: tuple[str, ...]

    @property
    def to_bring(self) -> int:
        """How many materials the applicant prepares."""
        return sum(each.bring for each in self.materials)

    @property
    def brief(self) -> tuple[tuple[str, str], ...]:
        """The guide in a few lines (简版指南): what, with what, how long, for how much, where."""
        always = [each.name for each in self.items if each.need == ALWAYS]
        others = [each.name for each in self.items if each.need != ALWAYS]
        things = [each.name for each in self.materials if each.bring]
        rows = (
            ("都要办", "；".join(always)),
            ("看情况办", "；".join(others)),
            (f"要准备（{self.to_bring} 份）", "；".join(things) or "不用准备材料"),
            ("要多久", f"全部办完承诺 {self.committed_days} 个工作日，法定 {self.statutory_days} 个工作日"),
            ("要多少钱", f"最多 {self.fee} 元" if self.fee else "不收费"),
            ("要不要上门看", "最多一次，各部门一起来" if self.visits else "不用"),
            ("到哪里办", f"网上全程办理；或到{'、'.join(self.at)}"),
        )
        return tuple((name, words) for name, words in rows if words)

    @property
    def at(self) -> tuple[str, ...]:
        """The windows in words: one if the guide is a region's, else the one of wherever the premises are."""
        if len(self.windows) == 1:
            return (f"{self.windows[0].region}政务服务中心{WINDOW}",)
        return (f"经营场所所在地政务服务中心{WINDOW}",)


def public_guide(deployment: Deployment, day: date, region: str | None = None) -> PublicGuide:
    """The guide by the law of `day`; with a `region` code its offices and its own settings.

    Raises NotFound for an unknown region.
    """
    catalogue = deployment.catalogue.as_of(day)
    industry = catalogue.industry
    place = catalogue.region(region) if region else None
    settings = (place or city_of(catalogue)).settings
    values = values_for(catalogue, place)
    items = tuple(catalogue.item(entry.id) for entry in industry.items)
    rule = str(settings.get("combined_limit", DEFAULT_RULE))
    guides = tuple(item_guide(catalogue, entry, place, values) for entry in industry.items)
    visits = any(each.visit != NO_VISIT for each in guides)
    return PublicGuide(
        industry=industry.id,
        name=industry.name,
        title=industry.title,
        summary=industry.summary,
        classes=tuple(f"{name}（{code}）" for code, name in industry.classes.items()),
        lead=catalogue.department(industry.lead).name,
        version=deployment.version,
        sha256=deployment.sha256,
        published_on=local_day(deployment.published_at),
        region=place.name if place else "",
        windows=tuple(_window(catalogue, each) for each in ([place] if place else catalogue.regions_open())),
        items=guides,
        unfit=tuple(
            Unfit(filled(each.because, values), filled(each.instead, values)) for each in catalogue.not_for
        ),
        notes=tuple(filled(note.text, values) for note in industry.notes),
        materials=material_guides(catalogue, [each.id for each in guides if each.need == ALWAYS]),
        before_merging=before_merging(catalogue),
        special=tuple(_special(items, visits)),
        stages=stages_of(course_of(deployment), {item.id: item.short for item in items}),
        committed_days=committed_days(items, rule, fixed=industry.fixed_days),
        committed_sum=sum(item.committed_days for item in items),
        statutory_days=statutory_days(items),
        statutory_sum=sum(item.statutory_days for item in items),
        fee=sum(item.fee for item in items),
        visits=int(visits),
        faq=tuple(Faq(each.ask, each.answer) for each in industry.faq),
        remedies=REMEDIES,
    )


def values_for(catalogue: Catalogue, place: Region | None) -> Mapping[str, object]:
    """What stands for the names in braces: settings, the region, and words for answers not given yet."""
    answers = {each.id: NOBODYS_NUMBER for each in catalogue.questions}
    settings = (place or city_of(catalogue)).settings
    return {**answers, **settings, "region": place.name if place else NO_REGION}


def special_of(item: Item) -> Iterator[SpecialStage]:
    """The special stages of an item."""
    for each in item.special:
        yield SpecialStage(
            item.name,
            each.name,
            each.length_in_words() or "按实际需要，另行告知",
            each.basis,
            "收费" if each.charged else FREE,
            COUNTED if each.counted else "不计入",
        )


def _window(catalogue: Catalogue, region: Region) -> Window:
    lane = next(lane for lane in catalogue.lanes.values() if lane.role == "window")
    return Window(region.name, catalogue.office_name(lane.department or "", region.code))


def _special(items: Sequence[Item], visits: bool) -> Iterator[SpecialStage]:
    """Those that the items name; and the joint visit, which is part of the committed days."""
    if visits:
        days = max(item.phases.visit for item in items)
        yield SpecialStage("", JOINT_VISIT, f"{days} 个工作日内", VISIT_LAW, FREE, COUNTED)
    for item in items:
        yield from special_of(item)
