"""The guides for designers, clerks, operators and developers say what the program does, key by key."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from marshmallow import Schema, fields

from engine.catalogue.department import DepartmentsSheet
from engine.catalogue.industry import GuideSheet, IndustrySheet
from engine.catalogue.item_sheet import ItemSheet
from engine.catalogue.material import MaterialsSheet
from engine.catalogue.region import RegionsSheet
from engine.catalogue.sheet import read_sheet
from engine.deployments import unpublished
from engine.facts import MEANINGS
from engine.files import read_folder
from engine.letters.checking import check_letters
from engine.letters.names import CASE, FLAGS, ITEM, ROWS, SAID
from engine.letters.sheet import LetterSheet
from engine.outbox.said import ABOUT, ALWAYS, STEPS, VALUES
from engine.outbox.wording import MessagesSheet
from engine.scenarios import read_scenarios, walk
from engine.scenarios.reading import ScenarioSheet
from forms.entries import Entry
from forms.kinds import KINDS
from forms.library import FormLibrary, read_library
from forms.mistakes import Mistake
from forms.source import read_document
from tests.house.conftest import ROOT
from web.cli import cli

DOCS = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
LARGEST_PICTURE = 200_000  # bytes
DESIGNERS = (ROOT / "docs" / "designers" / "README.md").read_text(encoding="utf-8")
DIAGRAMS = (ROOT / "docs" / "designers" / "diagrams.md").read_text(encoding="utf-8")

SHEETS: Mapping[str, type[Schema]] = {
    "`industry.yaml`": IndustrySheet,
    "`guide.yaml`": GuideSheet,
    "`items/<事项>.yaml`": ItemSheet,
    "`materials.yaml`": MaterialsSheet,
    "`departments.yaml`": DepartmentsSheet,
    "`regions.yaml`": RegionsSheet,
    "`messages.yaml`": MessagesSheet,
    "`letters/<文书>.yaml`": LetterSheet,
    "`scenarios/<名称>.yaml`": ScenarioSheet,
}
SAMPLE_SHEETS = {
    r"processes/regions\.yaml": RegionsSheet,
    r"processes/\w+/guide\.yaml": GuideSheet,
    r"processes/items/\w+\.yaml": ItemSheet,
    r"processes/letters/\w+\.yaml": LetterSheet,
    r"processes/\w+/scenarios/\w+\.yaml": ScenarioSheet,
}
LETTER_NAMES = {
    name: meaning for names in (CASE, ITEM, *SAID.values(), *ROWS.values()) for name, meaning in names.items()
}
SAMPLES = dict(re.findall(r"```yaml\n# (\S+)\n(.*?)```", DESIGNERS, re.DOTALL))


def keys_of(schema: Schema, before: str = "") -> Iterator[tuple[str, bool]]:
    """Every key of a schema and whether it is required; inner ones with their way: `basis.law`."""
    for name, each in schema.fields.items():
        key = before + (each.data_key or name)
        yield key, each.required
        for inside in (each, getattr(each, "inner", None), getattr(each, "value_field", None)):
            if isinstance(inside, fields.Nested):
                yield from keys_of(inside.schema, f"{key}.")


def explained(heading: str) -> dict[str, bool]:
    """The keys in the table under a heading of the designers' guide; whether each is said to be required."""
    below = DESIGNERS.split(f"\n### {heading}\n")[1].split("\n#")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", below, re.MULTILINE)
    return {key: words.startswith("必填。") for key, words in rows}


@pytest.mark.parametrize("heading", SHEETS)
def test_every_key_of_a_sheet_is_explained_to_designers_and_no_other(heading: str) -> None:
    assert explained(heading) == dict(keys_of(SHEETS[heading]()))


def test_every_value_of_a_message_is_explained_and_no_other() -> None:
    values = {name for names in (*VALUES.values(), *STEPS.values()) for name in names}
    assert explained("消息里能放的值").keys() == {*ALWAYS, *ABOUT, *values}


def test_every_kind_of_field_is_explained_and_no_other() -> None:
    assert explained("字段种类").keys() == KINDS.keys()


@pytest.fixture(scope="module")
def asked() -> Mapping[str, frozenset[str]]:
    """Where a form's definition stands (file and keys, * for names and numbers) → the keys asked there."""
    found: dict[str, set[str]] = {}
    close = Entry.close

    def noting(self: Entry) -> None:
        place = re.sub(r"/(items|steps|fields)/\w+", r"/\1/*", self.document.path)
        keys = ".".join("*" if isinstance(key, int) else key for key in self.keys)
        found.setdefault(f"{place} {keys}", set()).update(self.asked)
        close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Entry, "close", noting)
        read_library.cache_clear()
        FormLibrary.read(read_folder(ROOT), whole=True)
    return {place: frozenset(keys) for place, keys in found.items()}


@pytest.mark.parametrize(
    ("heading", "places"),
    [
        ("`fields.yaml`、`fields/<名称>.yaml`", {"fields.yaml fields.uscc": ""}),
        ("`items/<表单>.yaml`（表单）", {"items/*.yaml ": ""}),
        ("`steps/<表单>.yaml`", {"steps/*.yaml ": ""}),
        (
            "`sections.yaml`",
            {
                "sections.yaml ": "",
                "sections.yaml sections.*": "sections.",
                "sections.yaml sections.*.fields.*": "sections.fields.",
            },
        ),
    ],
)
def test_every_key_of_a_form_is_explained_and_no_other(
    heading: str, places: Mapping[str, str], asked: Mapping[str, frozenset[str]]
) -> None:
    known = {before + key for place, before in places.items() for key in asked[f"forms/definitions/{place}"]}
    assert explained(heading).keys() == known


@pytest.mark.parametrize("fact", MEANINGS)
def test_every_fact_of_a_condition_is_explained(fact: str) -> None:
    assert f"| `{fact}` |" in DIAGRAMS


@pytest.mark.parametrize(("name", "meaning"), [*LETTER_NAMES.items()])
def test_every_name_that_a_letter_may_use_is_explained(name: str, meaning: str) -> None:
    shown = name if name in FLAGS else f"{{{name}}}"
    assert f"`{shown}` | {meaning}" in DESIGNERS or f"`{shown}` {meaning}" in DESIGNERS


def test_the_sample_letter_has_no_mistake() -> None:
    samples = {path: text for path, text in SAMPLES.items() if path.startswith("processes/letters/")}
    assert samples and check_letters({**read_folder(ROOT), **samples}) == ()


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 6
    assert DESIGNERS.count("```yaml") == len(SAMPLES)


@pytest.mark.parametrize("path", SAMPLES)
def test_a_sample_is_a_file_that_the_program_reads(path: str) -> None:
    files = {path: SAMPLES[path]}
    sheet = next((sheet for form, sheet in SAMPLE_SHEETS.items() if re.fullmatch(form, path)), None)
    mistakes: list[Mistake] = []
    if sheet is None:
        assert read_document(files, path).data
    else:
        read_sheet(files, path, sheet(), mistakes)
    assert mistakes == []


def test_the_sample_form_can_take_its_place_among_the_others() -> None:
    forms = {path: text for path, text in SAMPLES.items() if path.startswith("forms/")}
    assert len(forms) == 2
    FormLibrary.read({**read_folder(ROOT), **forms}, whole=True)


def test_the_sample_scenario_comes_to_the_end_that_it_expects() -> None:
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)
    files = {path: text for path, text in read_folder(ROOT).items() if "/scenarios/" not in path}
    [path] = [path for path in SAMPLES if "/scenarios/" in path]
    industry = path.split("/")[1]
    [scenario] = read_scenarios({**files, path: SAMPLES[path]}, industry)
    assert walk(unpublished(files, industry, now), scenario, now).problems == ()


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    local = [link.split("#")[0] for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in local if link and not (document.parent / link).exists()] == []


def test_every_file_that_a_document_names_exists() -> None:
    path = re.compile(r"`((?:engine|forms|certificates|web|processes|tests|docs)/[\w/.-]+\.[a-z]+)`")
    named = {
        (document.relative_to(ROOT).as_posix(), file)
        for document in DOCS
        for file in path.findall(document.read_text(encoding="utf-8"))
    }
    assert {(document, file) for document, file in named if not (ROOT / file).exists()} == set()


def test_every_picture_is_small_and_shown_somewhere() -> None:
    shown = "".join(document.read_text(encoding="utf-8") for document in DOCS)
    pictures = sorted(ROOT.glob("docs/pictures/*"))
    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > LARGEST_PICTURE or p.name not in shown] == []


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    pages = {path.name for path in folder.glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"]({page})" not in index} == set()


def test_every_command_that_a_document_names_exists() -> None:
    known = set(cli.list_commands(click.Context(cli)))
    named = {
        (document.relative_to(ROOT).as_posix(), word)
        for document in DOCS
        for word in re.findall(r"\bonepermit ([a-z]+)\b", document.read_text(encoding="utf-8"))
    }
    assert {(document, word) for document, word in named if word not in known} == set()
