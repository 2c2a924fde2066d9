"""What belongs to an industry, an item or a region is data: the program names none of them."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from tests.house.conftest import ROOT

PROCESSES = ROOT / "processes"
TOO_PLAIN = 2  # a Chinese name this short is a word of its own


def read(path: str) -> Any:
    return yaml.safe_load((PROCESSES / path).read_text(encoding="utf-8"))


def entries(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping at any depth."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from entries(child)


@pytest.fixture(scope="module")
def names_of_data() -> frozenset[str]:
    """Ids and names of all industries, items and regions."""
    found = [read(path.relative_to(PROCESSES).as_posix()) for path in PROCESSES.glob("*/industry.yaml")]
    found += [read(path.relative_to(PROCESSES).as_posix()) for path in PROCESSES.glob("items/*.yaml")]
    regions = [each for each in entries(read("regions.yaml")) if "name" in each]
    named = [str(each[key]) for each in [*found, *regions] for key in ("id", "name", "code") if each.get(key)]
    return frozenset(name for name in named if len(name) > TOO_PLAIN)


def docstrings(tree: ast.Module) -> set[int]:
    """The nodes that explain: an example in a docstring binds nobody."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string and of every name in the code of a module."""
    explaining = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield node.lineno, node.value
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id


def test_there_is_data_to_look_for(names_of_data: frozenset[str]) -> None:
    assert len(names_of_data) > 10


def test_the_program_names_no_industry_item_or_region(
    program: Mapping[str, ast.Module], names_of_data: frozenset[str]
) -> None:
    any_name = re.compile(
        "|".join(rf"\b{re.escape(n)}\b" if n.isascii() else re.escape(n) for n in sorted(names_of_data))
    )
    found = {
        f"{file}:{line} {match[0]}"
        for file, tree in program.items()
        for line, text in said(tree)
        if (match := any_name.search(text))
    }
    assert found == set()
