"""The designers' files: what is read, what one industry needs of it, and its fingerprint."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files import Files, digest, files_of, industries_in, read_folder
from forms.mistakes import Mistakes

ROOT = Path(__file__).parents[2]

mappings = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=6)


@pytest.fixture(scope="module")
def files() -> Files:
    return read_folder(ROOT)


def test_the_folder_holds_the_restaurant(files: Files) -> None:
    assert "restaurant" in industries_in(files)
    assert "processes/restaurant/scenarios/all_granted.yaml" in files


def test_a_deployment_has_what_its_industry_needs(files: Files) -> None:
    own = files_of(files, "restaurant")
    for path in (
        "processes/restaurant/process.bpmn",
        "processes/shared/acceptance.bpmn",
        "processes/items/drainage.yaml",
        "processes/items/drainage.bpmn",
        "processes/rules/drainage_permit.dmn",
        "forms/definitions/fields/drainage.yaml",
        "forms/definitions/items/drainage.yaml",
        "forms/definitions/steps/decide.yaml",
        "processes/regions.yaml",
    ):
        assert path in own


def test_a_deployment_has_neither_scenarios_nor_demo_data(files: Files) -> None:
    assert not [path for path in files_of(files, "restaurant") if "/scenarios/" in path or "/demo/" in path]


def test_a_change_to_something_else_is_no_new_deployment(files: Files) -> None:
    others = {"processes/items/spaceport.yaml": "id: spaceport", "processes/shared/unused.bpmn": "<x/>"}
    assert digest(files_of({**files, **others}, "restaurant")) == digest(files_of(files, "restaurant"))


def test_a_deployment_has_nothing_of_other_industries(files: Files) -> None:
    own = files_of(files, "restaurant")
    items = {"food_operation", "fire_check", "tobacco_retail", "drainage", "signboard"}
    for folder in ("processes/items", "forms/definitions/items", "forms/definitions/fields"):
        names = {path.split("/")[-1].partition(".")[0] for path in own if path.startswith(f"{folder}/")}
        assert names == items, folder
    assert {path.split("/")[1] for path in own if path.startswith("processes/") and path.count("/") > 1} == {
        *("restaurant", "items", "shared", "rules", "lifecycle", "letters")
    }


def test_a_field_that_another_field_names_comes_along() -> None:
    files = {
        "processes/a/industry.yaml": "id: a\nitems: [{id: one}]",
        "processes/items/one.yaml": "id: one\nform: one",
        "forms/definitions/items/one.yaml": "fields: [first]",
        "forms/definitions/fields/one.yaml": "fields: {first: {visible_if: second == 1}}",
        "forms/definitions/fields/two.yaml": "fields: {second: {label: 二}}",
        "forms/definitions/fields/three.yaml": "fields: {third: {label: 三}}",
    }
    assert set(files) - set(files_of(files, "a")) == {"forms/definitions/fields/three.yaml"}


def test_a_change_to_a_shared_diagram_reaches_every_industry(files: Files) -> None:
    path = "processes/shared/acceptance.bpmn"
    changed = {**files, path: files[path] + "\n"}
    for industry in industries_in(files):
        assert digest(files_of(changed, industry)) != digest(files_of(files, industry)), industry


def test_a_change_to_an_items_diagram_reaches_those_who_decide_it_and_no_others(files: Files) -> None:
    path = "processes/items/entertainment.bpmn"
    changed = {**files, path: files[path] + "\n"}
    reached = {each for each in industries_in(files) if files_of(changed, each) != files_of(files, each)}
    assert reached == {"cafe", "game_room", "hotel", "karaoke"}


def test_a_shared_diagram_called_by_a_shared_diagram_comes_along() -> None:
    files = {
        "processes/a/industry.yaml": "id: a",
        "processes/a/process.bpmn": '<x calledElement="one"/>',
        "processes/shared/one.bpmn": "<x calledElement='two'/>",
        "processes/shared/two.bpmn": '<x calledElement="one"/>',
        "processes/shared/three.bpmn": "<x/>",
    }
    assert set(files) - set(files_of(files, "a")) == {"processes/shared/three.bpmn"}


def test_an_unknown_industry_is_named() -> None:
    with pytest.raises(Mistakes, match=r"processes/spaceport/industry\.yaml"):
        files_of({}, "spaceport")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "processes").mkdir()
    (tmp_path / "processes" / "regions.yaml").write_bytes("淄博".encode("gb18030"))
    with pytest.raises(Mistakes, match=r"processes/regions\.yaml.*UTF-8"):
        read_folder(tmp_path)


def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path) -> None:
    (tmp_path / "processes").mkdir()
    path = tmp_path / "processes" / "regions.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_folder(tmp_path) == {"processes/regions.yaml": "a: 1\nb: 2\n"}


@given(mappings)
def test_the_order_of_the_files_makes_no_difference_to_the_fingerprint(files: dict[str, str]) -> None:
    assert digest(files) == digest(dict(reversed(files.items())))


@given(mappings, mappings)
def test_unlike_files_have_unlike_fingerprints(one: dict[str, str], other: dict[str, str]) -> None:
    assert (digest(one) == digest(other)) == (one == other)
