"""Finds what is defined but that no industry uses: it was forgotten, or misspelt where it should stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.catalogue.reading import DEPARTMENTS, GROUPS, MATERIALS, REGIONS, Sheets, read_sheets
from engine.catalogue.stated import conditions_of, sentences_of
from engine.catalogue.tables import read_tables
from engine.catalogue.wording import names_in
from engine.diagram import Diagram, read_diagram
from engine.files import Files, files_of, industries_in
from engine.safe_xml import Unreadable
from engine.taking import PROMISE
from forms.mistakes import Mistake, Mistakes
from forms.source import Path

# Settings that no condition names, for the program reads them: how days are counted, certificates numbered.
READ_BY_PROGRAM = frozenset(
    {
        "combined_limit",
        "certificate_number",
        "certificate_layout",
        "certificate_type_code",
        "certificate_issuer_code",
        "certificate_codes_on_trial",
        "local_pauses",
        "correction_days",
        "later_days",
        "warn_days",
        "credit_days",
        "centre",
        "visit_reach_km",
        "visit_answer_days",
        "rectification_days",
        "claim_days",
    }
)
GOVERNMENT = "government"  # its head prolongs what departments handle together (行政许可法第四十二条)
FORMS = "forms/definitions"
DO = "请在用得上的地方写上它；确实不用了，请删去。"


def unused(files: Files) -> list[Mistake]:
    """One mistake for each thing that no industry uses; none while an industry cannot be read at all."""
    try:
        sheets = [read_sheets(files, industry) for industry in industries_in(files)]
        deployed = {path for each in sheets for path in files_of(files, each.industry.id)}
        diagrams = [read_diagram(files[path], path) for path in sorted(deployed) if path.endswith(".bpmn")]
    except (Mistakes, Unreadable):
        return []  # what is used where is not known, and what cannot be read is named elsewhere
    if not sheets:
        return []
    found = _Used(files, sheets, diagrams)
    return [*found.files_left_out(deployed), *found.entries_left_out()]


@dataclass(frozen=True)
class _Used:
    files: Files
    sheets: Sequence[Sheets]
    diagrams: Sequence[Diagram]

    def files_left_out(self, deployed: set[str]) -> Iterator[Mistake]:
        """Items, diagrams, tables and forms that no deployment holds or no step shows."""
        steps = {f"{FORMS}/steps/{form}.yaml" for form in self.step_forms}
        for path in sorted(self.files):
            folder, _, name = path.rpartition("/")
            what = _OWN_FILES.get(folder)
            if what is None or not name.endswith((".yaml", ".bpmn", ".dmn")):
                continue
            used = path in steps if folder == f"{FORMS}/steps" else path in deployed
            if not used:
                yield Mistake(path, "文件", f"没有一个行业用到这{what}。", DO)

    def entries_left_out(self) -> Iterator[Mistake]:
        """Materials, departments, lanes, groups and settings."""
        first = self.sheets[0]
        named = (
            (MATERIALS, "materials", list(first.materials), self.materials, "材料"),
            (DEPARTMENTS, "lanes", list(first.lanes), self.lanes, "泳道"),
        )
        for path, key, known, used, what in named:
            for name in known:
                if name not in used:
                    yield self.mistake(path, (key, name), what, name)
        for number, department in enumerate(first.departments):
            if department not in self.departments:
                yield self.mistake(DEPARTMENTS, ("departments", number), "部门", department)
        for number, group in enumerate(first.groups):
            if group not in {each.industry.group for each in self.sheets}:
                yield self.mistake(GROUPS, ("groups", number), "分组", group)
        yield from self.settings_left_out(first)

    def settings_left_out(self, first: Sheets) -> Iterator[Mistake]:
        regions = first.documents[REGIONS].data["regions"]
        assert isinstance(regions, list)
        for number, region in enumerate(regions):
            for name in region.get("settings") or {}:
                if name not in self.words:
                    yield self.mistake(REGIONS, ("regions", number, "settings", name), "设置", name)

    def mistake(self, path: str, keys: Path, what: str, name: str) -> Mistake:
        return self.sheets[0].documents[path].mistake(keys, f"没有一个行业用到{what}“{name}”。", DO)

    @cached_property
    def materials(self) -> set[str]:
        items = (item for each in self.sheets for versions in each.history.values() for item in versions)
        named = {name for item in items for name in (*item.materials, *item.produces)}
        library = self.sheets[0].materials
        return named | {target for name in named if (target := library[name].merged_into)}

    @cached_property
    def departments(self) -> set[str | None]:
        items = [item for each in self.sheets for item in each.items.values()]
        lanes = self.sheets[0].lanes
        return {
            *(each.industry.lead for each in self.sheets),
            *(id for item in items for id in (item.authority, item.reviewer, item.regulator)),
            *(lanes[name].department for name in self.lanes if name in lanes),
            GOVERNMENT,
        }

    @cached_property
    def lanes(self) -> set[str]:
        return {lane.name for diagram in self.diagrams for lane in diagram.lanes}

    @cached_property
    def step_forms(self) -> set[str]:
        nodes = (node for diagram in self.diagrams for node in diagram.nodes if node.kind == "userTask")
        return {PROMISE, *(node.properties.get("form") or node.id for node in nodes)}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that a condition, a table or a sentence names."""
        return READ_BY_PROGRAM | {word for each in self.sheets for word in self._words(each)}

    def _words(self, sheets: Sheets) -> Iterator[str]:
        for stated in conditions_of(sheets):
            yield from stated.condition.constants
        for said in sentences_of(sheets):
            yield from names_in(said.sentence)
        tables, _mistakes = read_tables(sheets, self.files)
        for table in tables.values():
            yield from (
                word for row in table.rows for test in row.tests for word in test.expression.constants
            )


# Folder → what stands in it, each of which some industry must use.
_OWN_FILES = {
    "processes/items": "个事项",
    "processes/shared": "张流程图",
    "processes/rules": "张决策表",
    f"{FORMS}/items": "张表单",
    f"{FORMS}/steps": "张环节表单",
}
