"""Designers are told every value that is only assumed, in its file and on its line."""

from engine.catalogue import Catalogue
from engine.files import Files
from engine.unverified import Assumptions, unverified
from tests.filing import INDUSTRY, files

INDUSTRY_FILE = f"processes/{INDUSTRY}/industry.yaml"


def found_in(changed: Files) -> dict[str, Assumptions]:
    return {each.file: each for each in unverified(changed, Catalogue.read(changed, INDUSTRY))}


def test_an_item_names_its_assumptions_with_value_and_line() -> None:
    path = "processes/items/food_operation.yaml"
    found = {each.key: each for each in found_in(files())[path].values}
    assert found["committed_days"].value == 3
    line = files()[path].splitlines()[found["committed_days"].line - 1]
    assert line.startswith("committed_days:")
    assert "statutory_days" not in found and "marks" not in found


def test_only_materials_that_the_industry_uses_are_named() -> None:
    found = {each.key for each in found_in(files())["processes/materials.yaml"].values}
    assert "sign_image" in found
    names = set().union(*(item.materials for item in Catalogue.read(files(), INDUSTRY).items.values()))
    assert found <= names


def test_the_industry_itself_may_rest_on_assumptions() -> None:
    written = files()[INDUSTRY_FILE]
    kept = "\n".join(line for line in written.splitlines() if not line.startswith("marks:"))
    assumed = {**files(), INDUSTRY_FILE: f"{kept}\nmarks: {{default: K, summary: A}}\n"}
    assert [each.key for each in found_in(assumed)[INDUSTRY_FILE].values] == ["summary"]
    everything = {**files(), INDUSTRY_FILE: f"{kept}\nmarks: {{default: A}}\n"}
    assert {"name", "items", "lead"} <= {each.key for each in found_in(everything)[INDUSTRY_FILE].values}


def test_what_has_no_assumption_is_left_out() -> None:
    written = files()[INDUSTRY_FILE]
    kept = "\n".join(line for line in written.splitlines() if not line.startswith("marks:"))
    assert INDUSTRY_FILE not in found_in({**files(), INDUSTRY_FILE: f"{kept}\nmarks: {{default: K}}\n"})
