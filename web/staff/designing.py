"""What the designers' pages show of the files as they stand: lines of the list, values in words, versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from engine.catalogue import Catalogue, Item
from engine.deployments import Deployment
from engine.files import Files, digest, files_of
from engine.unverified import unverified
from forms.mistakes import Mistakes

UNKNOWN_PLACE = 999  # industries whose files cannot be read stand last
# How the files of an industry stand to what is published: word and tone of the tag.
STATES = {
    "same": (_l("与已发布的相同"), "good"),
    "changed": (_l("有改动未发布"), "info"),
    "new": (_l("未发布"), "plain"),
    "wrong": (_l("有错误要改"), "bad"),
}
# Keys of an item or industry in words; a key without words stands as written.
KEYS = {
    "name": _l("名称"),
    "short": _l("简称"),
    "kind": _l("类别"),
    "code": _l("编码"),
    "authority": _l("决定部门"),
    "reviewer": _l("审查部门"),
    "regulator": _l("监管部门"),
    "level": _l("层级"),
    "basis": _l("依据"),
    "statutory_days": _l("法定时限"),
    "statutory_note": _l("法定时限的说明"),
    "committed_days": _l("承诺时限"),
    "committed_days_on_commitment": _l("告知承诺的时限"),
    "post_check_days": _l("承诺后核查时限"),
    "phases": _l("各阶段天数"),
    "extension_days": _l("可延长天数"),
    "inspection": _l("是否踏勘"),
    "inspection_days": _l("踏勘时限"),
    "commitment": _l("告知承诺"),
    "validity_years": _l("有效期"),
    "renewal": _l("延续申请期"),
    "fee": _l("收费"),
    "special": _l("特殊环节"),
    "produces": _l("产生的材料"),
    "needs": _l("要等的事项"),
    "licence": _l("证件"),
    "materials": _l("材料"),
    "form": _l("表单"),
    "checklist": _l("核查要点"),
    "effective_from": _l("施行日期"),
    "versions": _l("各版规定"),
    "open_in": _l("开办区域"),
    "items": _l("事项"),
    "classes": _l("行业分类"),
    "fixed_days": _l("公布的总时限"),
    "pilot": _l("首批试点"),
    "lead": _l("牵头部门"),
    # inside these
    "law": "",
    "article": "",
    "text": "",
    "review": _l("审查"),
    "visit": _l("踏勘"),
    "decide": _l("决定"),
    "document": "",
    "number": _l("编号规则"),
    "scope_from": _l("许可范围取自"),
    "opens": _l("最早提前"),
    "closes": _l("最晚提前"),
    "unit": _l("单位"),
    "days": _l("天数"),
    "charged": _l("收费"),
    "counted": _l("计入时限"),
    "when": _l("条件"),
    "why": _l("为什么要办"),
    "otherwise": _l("为什么不用办"),
    "optional": _l("自愿选办"),
}


@dataclass(frozen=True)
class Line:
    """An industry in the list; `state` is one of STATES, `catalogue` None when its files cannot be read."""

    id: str
    name: str
    state: str
    published: Deployment | None
    catalogue: Catalogue | None
    unverified: int

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands in the list: by the catalogue's order, what cannot be read last."""
        return (self.catalogue.industry.order if self.catalogue else UNKNOWN_PLACE, self.id)

    @property
    def region_names(self) -> list[str]:
        return [region.name for region in self.catalogue.regions_open()] if self.catalogue else []


@dataclass(frozen=True)
class LawVersion:
    """What an item was, is or will be from a day on: past, present or future."""

    item: Item
    state: str


def line(files: Files, industry: str, published: Deployment | None) -> Line:
    """An industry's line, without running the whole check: what was published has passed it."""
    try:
        catalogue = Catalogue.read(files, industry)
        sha256 = digest(files_of(files, industry))
    except Mistakes:
        return Line(industry, _name(published, industry), "wrong", published, None, 0)
    changed = "same" if published and published.sha256 == sha256 else "changed"
    count = sum(len(each.values) for each in unverified(files, catalogue))
    return Line(
        industry, catalogue.industry.name, changed if published else "new", published, catalogue, count
    )


def law_versions(catalogue: Catalogue, today: date) -> list[LawVersion]:
    """Every version of every item, the oldest first."""
    return [
        LawVersion(version, _state(version, versions, today))
        for versions in catalogue.history.values()
        for version in versions
    ]


def in_words(value: object) -> str:
    """A value of a designer's file on one line."""
    if isinstance(value, bool):
        return str(_("是")) if value else str(_("否"))
    if value is None:
        return str(_("没有"))
    if isinstance(value, Mapping):
        parts = (f"{key_in_words(str(key))} {in_words(each)}" for key, each in value.items() if key != "id")
        return str(_("，")).join(part.strip() for part in parts)
    if isinstance(value, list):
        return str(_("；")).join(map(in_words, value)) or str(_("没有"))
    return str(value)


def key_in_words(key: str) -> str:
    return str(KEYS.get(key, key))


def _name(published: Deployment | None, industry: str) -> str:
    return published.catalogue.industry.name if published else industry


def _state(version: Item, versions: Sequence[Item], today: date) -> str:
    if version.effective_from > today:
        return str(_("将施行"))
    begun = [each for each in versions if each.effective_from <= today]
    return str(_("现行")) if version is begun[-1] else str(_("已不适用"))
