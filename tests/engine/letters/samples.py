"""A happening of each kind that a letter follows from, with everything said that usually is."""

from collections.abc import Mapping
from datetime import UTC, datetime

from engine.cases import Case, CaseItem
from engine.deployments import Deployment, unpublished
from engine.files import Files
from engine.happenings import Happened
from engine.letters.content import Content, content_of, holds, version_on
from engine.letters.facts import facts_for, issuer_of, items_of
from engine.letters.reading import read_sheets
from engine.letters.sheet import LetterKind
from tests.filing import NOW, files

LONG = "经现场核查，食品处理区没有设置独立的清洗消毒设施，冷食操作间未与其他区域隔开，不符合规定的条件。"
POINTS = [
    {"department": "张店区市场监督管理局", "item": "食品经营许可", "type": "缺少", "label": "设备布局图"}
    | {"reason": "没有画出清洗消毒设施的位置", "wanted": "补画清洗池、消毒柜的位置，并注明尺寸"},
    {"department": "张店区行政审批服务局", "item": "", "type": "填写有误", "label": "经营场所地址"}
    | {"reason": "与租赁合同上的门牌号不一致", "wanted": "改成与租赁合同一致的地址"},
]
OFFICES = [
    {"office": "张店区消防救援大队", "items": "公众聚集场所投入使用、营业前消防安全检查", "people": "李消防"}
]
RESULTS = [
    {"label": "安全出口数量、疏散通道符合要求，畅通", "basis": "中华人民共和国消防法第十五条"}
    | {"items": "消防安全检查", "department": "张店区消防救援大队"}
    | {"result": "不合格", "words": "后门被货架堵住。"}
]
VISIT: Mapping[str, object] = {
    "how": "site",
    "place": "柳泉路100号1层",
    "held_on": "2026-11-26",
    "people": "马踏勘（张店区行政审批服务局）、李消防（张店区消防救援大队）",
    "party": "张春和已签名。",
    "results": RESULTS,
    "findings": [{"item": "消防安全检查", "finding": "不合格"}],
    "failed": True,
    "note": "",
    "recording": "",
    "photos": [],
    "signatures": [],
}
VALUES: Mapping[str, Mapping[str, object]] = {
    "accepted": {"silent": False},
    "not_accepted": {"ground": "not_ours", "right_body": "淄博市文化和旅游局", "reasons": LONG}
    | {"remedies": "government"},
    "correction_asked": {"round": 1, "due_on": "2026-12-21", "points": POINTS},
    "correction_lapsed": {"round": 1, "due_on": "2026-12-21"},
    "visit_arranged": {"how": "site", "place": "柳泉路100号1层", "slots": "2026年11月26日上午"}
    | {"answer_by": "2026-11-24", "note": ""},
    "visit_settled": {"how": "site", "place": "柳泉路100号1层", "day": "2026-11-26", "half": "am"}
    | {"note": "请设备通电。", "offices": OFFICES},
    "inspected": VISIT,
    "reinspected": {**VISIT, "how": "paper", "party": "书面复查，不需要到场。"},
    "rectification_asked": {"due_on": "2026-12-07", "failures": RESULTS},
    "rectification_lapsed": {"due_on": "2026-12-07"},
    "hearing_offered": {"ask_by": "2026-11-30", "reasons": "决定可能影响相邻住户的重大利益。"},
    "hearing_called": {"takes_place_at": "2026-12-03T01:30:00+00:00", "place": "张店区政务服务中心三楼会议室"}
    | {"chair": "李主持", "days": 8},
    "paused": {"kind": "testing", "days": 15, "reason": "需要检测公共用品用具的卫生状况。"}
    | {"law": "《中华人民共和国行政许可法》第四十五条"},
    "extended": {"days": 10, "reason": "申请涉及的技术问题需要进一步核实。", "approver": "赵局"},
    "later_promised": {"material": "floor_plan", "label": "平面图", "promised_on": "2026-12-10"},
    "later_lapsed": {"material": "floor_plan", "label": "平面图", "promised_on": "2026-12-10"},
    "granted": {"reasons": "", "minutes": "", "commitment": False},
    "refused": {"reasons": LONG, "remedies": "government", "minutes": ""},
    "withdrawn": {"reasons": "暂时不开了"},
    "commitment_to_mend": {"words": "消毒柜没有接通电源。", "until": "2026-12-24"},
    "commitment_false": {"words": "承诺具备的清洗消毒设施并不存在。"},
    "revoked": {"reasons": LONG, "document": "食品经营许可证", "number": "JY23703030000017"}
    | {"remedies": "superior"},
    "life_refused": {"name": "变更", "reasons": LONG, "remedies": "government"},
    "changed": {"what": "市场主体名称由“春和餐饮”变更为“秋实餐饮”", "issue": 2},
    "renewed": {"silent": False, "document": "食品经营许可证", "number": "JY1", "until": "2036-11-22"}
    | {"issue": 2},
    "cancelled": {"document": "食品经营许可证", "number": "JY1"},
    "reissued": {"number": "370303-YZ-2026-000001", "issue": 2, "reasons": "搬家时丢失"},
    "suspended": {"number": "JY1", "reasons": LONG, "remedies": "superior", "until": "2026-12-31"}
    | {"issue": 2},
    "suspension_lifted": {"number": "JY1", "reasons": "已经改正。", "issue": 3},
    "revocation_planned": {"number": "JY1", "words": LONG},
}
# Kind of item → an industry that has one, and its id.
WHERE = {
    "行政许可": ("restaurant", "food_operation"),
    "备案": ("restaurant", "signboard"),
    "登记": ("small_eatery", "small_catering"),
    "阶段决定": ("internet_cafe", "netbar_preparation"),
}


def a_case(deployment: Deployment, *items: str, region: str = "370303") -> Case:
    """A case of these items that was filed three days ago."""
    return Case(
        id=1,
        number="370303-YYZ-20261120-0001",
        industry=deployment.industry,
        region=region,
        deployment_id=deployment.id,
        applicant_id=1,
        operator="淄博张店春和餐饮有限公司",
        status="reviewing",
        accepted=True,
        guide={},
        state=b"",
        version=1,
        last_seq=1,
        last_hash="",
        submitted_at=datetime(2026, 11, 20, 2, tzinfo=UTC),
        ended_at=None,
        uscc="91370303MA3T00017Y",
        subject_id=1,
        process="",
        parent_id=None,
        words={},
        items={item: CaseItem(item, visit=False) for item in items},
    )


def happened(kind: str, of: str = "行政许可", /, *, own: Files | None = None, **values: object) -> Happened:
    """A happening of this kind about an item `of` this kind; `values` over those of the sample."""
    industry, item = WHERE[of]
    deployment = unpublished(files() if own is None else own, industry, NOW)
    case = a_case(deployment, item)
    return Happened(kind, case, deployment, "system", (item,), {**VALUES[kind], **values})


def kinds() -> list[LetterKind]:
    """All letters there are."""
    return [kind for _document, kind in read_sheets(files()).found]


def sample_of(kind: LetterKind) -> Happened:
    """A happening that this letter follows from."""
    for of in WHERE:
        for silent in (False, True):
            about = happened(kind.on, of)
            found = Happened(
                kind.on, about.case, about.deployment, "system", () if silent else about.items, about.values
            )
            if holds(kind, kind.when, facts_of(kind, found)):
                return found
    raise AssertionError(f"no sample fits {kind.id}")


def facts_of(kind: LetterKind, about: Happened) -> dict[str, object]:
    item = items_of(about)[0] if kind.about == "item" else ""
    return facts_for(kind, about, item, issuer_of(kind, about, item), NOW)


def letter(kind_id: str, about: Happened) -> Content:
    """The words of a letter, numbered as the first of its kind."""
    found = read_sheets(about.deployment.files).found
    (kind,) = [kind for _document, kind in found if kind.id == kind_id]
    content = content_of(kind, version_on(kind, NOW.date()), about, facts_of(kind, about))
    number = f"张店区一证{kind.word}字〔2026〕第0001号"
    return Content(**{**content, "number": number, "issued_on": "2026-11-23"})
