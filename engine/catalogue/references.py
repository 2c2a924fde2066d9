"""Checks that whatever one file of a catalogue names is defined in another."""

from collections.abc import Iterable, Iterator, Mapping

from engine.catalogue.combined import RULES
from engine.catalogue.item import Item
from engine.catalogue.material import RESULT, SHARED
from engine.catalogue.printing import faults_in_printing
from engine.catalogue.question import REGION
from engine.catalogue.reading import (
    DEPARTMENTS,
    MATERIALS,
    REGIONS,
    Sheets,
    guide_path,
    industry_path,
    item_path,
)
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import Document, Files, Path, paths_under, read_document

FIELDS = "forms/definitions/fields.yaml"


def check_references(sheets: Sheets, files: Files) -> Iterator[Mistake]:
    """Every reference that does not hold, where it stands, with the nearest word that is defined."""
    fields, unreadable = _field_ids(files)
    yield from unreadable
    yield from _check_lanes(sheets)
    yield from _check_regions(sheets)
    yield from _check_materials(sheets)
    for versions in sheets.history.values():
        for item in versions:
            yield from _check_item(sheets, item, files, fields)
    yield from check_circle(sheets.items, sheets.documents)
    yield from _check_industry(sheets)
    yield from _check_guide(sheets, fields)


def _unknown(
    document: Document, keys: Path, word: str | None, known: Iterable[str], what: str
) -> list[Mistake]:
    """One mistake when `word` is none of `known`; none when there is no word."""
    names = list(known)
    if word is None or word in names:
        return []
    return [
        document.mistake(keys, f"没有{what}“{word}”。", nearest(word, names) or "请核对，或先补上它的定义。")
    ]


def _twice(document: Document, keys: Path, words: Iterable[str]) -> Iterator[Mistake]:
    """One mistake for each of `words` that came before."""
    seen: set[str] = set()
    for number, word in enumerate(words):
        if word in seen:
            yield document.mistake((*keys, number), f"“{word}”写了两次。", "请删去一处，或改用别的名称。")
        seen.add(word)


def _check_lanes(sheets: Sheets) -> Iterator[Mistake]:
    document = sheets.documents[DEPARTMENTS]
    for name, lane in sheets.lanes.items():
        yield from _unknown(
            document, ("lanes", name, "department"), lane.department, sheets.departments, "部门"
        )
    yield from _twice(document, ("departments",), _ids(document, "departments", "id"))


def _check_regions(sheets: Sheets) -> Iterator[Mistake]:
    document = sheets.documents[REGIONS]
    tops = [region for region in sheets.regions.values() if region.parent is None]
    if len(tops) != 1:
        yield document.mistake(("regions",), "应有且只有一个区划没有上级 parent。", "请补上或删去 parent。")
    for number, region in enumerate(sheets.regions.values()):
        keys = ("regions", number)
        yield from _unknown(
            document, (*keys, "parent"), region.parent, (each.code for each in tops), "上级区划"
        )
        rule = region.settings.get("combined_limit")
        yield from _unknown(
            document, (*keys, "settings"), None if rule is None else str(rule), RULES, "时限规则"
        )
        for says, do in faults_in_printing(region.settings):
            yield document.mistake((*keys, "settings"), says, do)
    yield from _twice(document, ("regions",), _ids(document, "regions", "code"))


def _check_materials(sheets: Sheets) -> Iterator[Mistake]:
    document = sheets.documents[MATERIALS]
    for name, material in sheets.materials.items():
        keys = ("materials", name)
        yield from _unknown(document, (*keys, "merged_into"), material.merged_into, sheets.materials, "材料")
        target = sheets.materials.get(material.merged_into or "")
        if target is not None and target.merged_into is not None:
            yield document.mistake(
                (*keys, "merged_into"), "合并到的材料自己又合并到别处。", "请直接写最终的材料。"
            )
        if material.source == SHARED and not material.provider:
            yield document.mistake(keys, "共享的材料没有写明来源 from。", "请写明从哪里共享。")


def _check_item(sheets: Sheets, item: Item, files: Files, fields: set[str]) -> Iterator[Mistake]:
    document = sheets.documents[item_path(item.id)]
    for key, department in (
        ("authority", item.authority),
        ("reviewer", item.reviewer),
        ("regulator", item.regulator),
        ("licence", item.licence.number.partition(".")[0] if item.licence else None),
    ):
        yield from _unknown(document, (key,), department, sheets.departments, "部门")
    for key, materials in (("materials", item.materials), ("produces", item.produces)):
        for number, material in enumerate(materials):
            yield from _unknown(document, (key, number), material, sheets.materials, "材料")
        yield from _twice(document, (key,), materials)
    for number, material in enumerate(item.produces):
        if material in sheets.materials and sheets.materials[material].source != RESULT:
            says = f"材料“{material}”不是办理结果（source: result）。"
            yield document.mistake(("produces", number), says, "请改正，或在 materials.yaml 里改它的来源。")
    for number, field in enumerate(item.licence.scope_from if item.licence else ()):
        yield from _unknown(document, ("licence", "scope_from", number), field, fields, "字段")
    form = item.form and f"forms/definitions/items/{item.form}.yaml"
    known = (path for path in files if path.startswith("forms/definitions/items/"))
    yield from _unknown(document, ("form",), form, known, "表单文件")
    yield from _twice(document, ("checklist",), (point.id for point in item.checklist))


def check_circle(items: Mapping[str, Item], documents: Mapping[str, Document]) -> Iterator[Mistake]:
    """One mistake when items need each other's decisions in a circle, for then none could ever be decided."""
    free: set[str] = set()  # those that no circle holds back
    while ready := {
        id for id in items if id not in free and not (items[id].needs.keys() & items.keys()) - free
    }:
        free |= ready
    held = sorted(id for id in items if id not in free)
    if held:
        says = f"这些事项互相等待对方的决定：{'、'.join(held)}。"
        yield documents[item_path(held[0])].mistake(("needs",), says, "请删去其中一处 needs。")


def _check_industry(sheets: Sheets) -> Iterator[Mistake]:
    industry = sheets.industry
    document = sheets.documents[industry_path(industry.id)]
    yield from _unknown(document, ("lead",), industry.lead, sheets.departments, "部门")
    yield from _unknown(document, ("group",), industry.group, sheets.groups, "分组")
    for key in industry.marks:
        yield from _unknown(document, ("marks", key), key, {"default", *document.data}, "键")
    for number, code in enumerate(industry.open_in):
        yield from _unknown(document, ("open_in", number), code, sheets.regions, "区划")
    yield from _twice(document, ("open_in",), industry.open_in)
    yield from _twice(document, ("items",), (each.id for each in industry.items))
    asked = {name for versions in sheets.history.values() for item in versions for name in item.materials}
    for number, spare in enumerate(industry.spares):
        yield from _unknown(
            document, ("spares", number, "material"), spare.material, asked, "这些事项要的材料"
        )


def _check_guide(sheets: Sheets, fields: set[str]) -> Iterator[Mistake]:
    document = sheets.documents[guide_path(sheets.industry.id)]
    questions = sheets.guide.questions
    for number, question in enumerate(questions):
        yield from _unknown(document, ("questions", number, "field"), question.field, fields, "字段")
    yield from _twice(document, ("questions",), (each.id for each in questions))
    if sum(each.kind == REGION for each in questions) != 1:
        yield document.mistake(
            ("questions",), "应有且只有一个问题问店在哪里（kind: region）。", "请补上或删去。"
        )


def _field_ids(files: Files) -> tuple[set[str], list[Mistake]]:
    """The ids of all fields of the form, and what keeps a file of them from being read."""
    ids: set[str] = set()
    mistakes: list[Mistake] = []
    for path in (FIELDS, *paths_under(files, FIELDS.removesuffix(".yaml"))):
        try:
            found = read_document(files, path).data.get("fields")
        except Mistakes as error:
            mistakes.extend(error.mistakes)
        else:
            ids |= set(found) if isinstance(found, dict) else set()
    return ids, mistakes


def _ids(document: Document, key: str, name: str) -> list[str]:
    entries = document.data.get(key)
    return [str(each[name]) for each in entries] if isinstance(entries, list) else []
