"""Makes up an industry for benches: each department reviews one item of its own, by a form like a clerk's."""

from collections.abc import Mapping
from datetime import UTC, datetime

import yaml

from engine.bench.model import PROCESS, departments
from engine.files import Files

DEPARTMENTS = 6
GROUP = "基准"
STEPS = 2  # tasks of each department in a stage
REGION = "000001"
NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # a working day, so that every run computes the same limits
POINTS = ("papers", "premises", "people")
REVIEW: Mapping[str, str | list[str]] = {  # what a clerk types at each step
    **{f"points-{point}": "pass" for point in POINTS},
    "opinion": "agree",
    "note": "材料齐全，与现场一致，同意。",
}
_OPTIONS = {"pass": "符合", "fail": "不符合", "na": "不适用"}
_REVIEW_FORM = {
    "title": "审查",
    "intro": "对每一个要点给出结果。",
    "fields": {
        "points": {
            "label": "审查要点",
            "kind": "checklist",
            "options": _OPTIONS,
            "words_when": "fail",
            "max_length": 500,
        },
        "opinion": {
            "label": "审查意见",
            "kind": "choice",
            "options": {"agree": "同意", "disagree": "不同意"},
        },
        "note": {
            "label": "说明",
            "kind": "long_text",
            "required": 'opinion == "disagree"',
            "error": "请写明不同意的理由",
            "max_length": 1000,
        },
    },
}


def files(industry: str, stages: int, count: int = DEPARTMENTS) -> Files:
    """The designers' files of an industry: `count` departments review `stages` times, one after another."""
    diagram = departments(count, STEPS, stages=stages, whole=True)
    names = [f"dept{number}" for number in range(1, count + 1)]
    items = [f"item{number}" for number in range(1, count + 1)]
    sheets: dict[str, object] = {
        "processes/departments.yaml": {
            "departments": [
                {"id": name, "code": name, "name": name, "office": "{region}" + name} for name in names
            ],
            "lanes": {name: {"role": "clerk", "department": name} for name in names},
        },
        "processes/groups.yaml": {"groups": [GROUP]},
        "processes/regions.yaml": {"regions": [{"code": REGION, "name": "某市", "kind": "city"}]},
        "processes/materials.yaml": {"materials": {}},
        f"processes/{industry}/industry.yaml": _industry(industry, items),
        f"processes/{industry}/guide.yaml": {
            "questions": [{"id": "place", "text": "在哪里？", "kind": "region"}]
        },
        "forms/definitions/fields.yaml": {"fields": {}},
        "forms/definitions/sections.yaml": {"sections": []},
        "forms/definitions/steps/review.yaml": _REVIEW_FORM,
    }
    for name, item in zip(names, items, strict=True):
        sheets[f"processes/items/{item}.yaml"] = _item(item, name)
        sheets[f"forms/definitions/items/{item}.yaml"] = {"title": item, "basis": "行政许可法", "fields": []}
    texts = {path: yaml.safe_dump(sheet, allow_unicode=True) for path, sheet in sheets.items()}
    return {**texts, **{f"processes/{industry}/process.bpmn": text for text in diagram.values()}}


def _industry(industry: str, items: list[str]) -> dict[str, object]:
    return {
        "id": industry,
        "name": industry,
        "title": industry,
        "order": 1,
        "pilot": False,
        "group": GROUP,
        "classes": {},
        "lead": "dept1",
        "process": PROCESS,
        "open_in": [REGION],
        "items": [{"id": item, "why": "都要办。", "otherwise": "不用办。"} for item in items],
    }


def _item(item: str, department: str) -> dict[str, object]:
    return {
        "id": item,
        "name": item,
        "short": item,
        "kind": "行政许可",
        "authority": department,
        "reviewer": department,
        "regulator": department,
        "level": "city",
        "basis": [{"law": "行政许可法"}],
        "statutory_days": 20,
        "committed_days": 5,
        "phases": {"review": 5, "visit": 0, "decide": 0},
        "inspection": False,
        "commitment": "none",
        "fee": 0,
        "licence": {"document": item, "number": f"{department}.serial"},
        "materials": [],
        "form": item,
        "checklist": [{"id": point, "text": point, "basis": "行政许可法"} for point in POINTS],
        "effective_from": NOW.date(),
    }
