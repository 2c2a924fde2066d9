"""What is small can be read: files and functions have limits."""

import ast
from collections.abc import Iterator, Mapping

from tests.house.conftest import ROOT

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
USUAL_FUNCTION = 30
LONG_SHARE = 0.02  # "rarely over 30"
MIGRATIONS = "engine/migrations/"  # a list of changes, read once


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Its lines from `def`, without the docstring: a promise may be as long as it needs."""
    first = function.body[0]
    explained = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if explained else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_no_file_is_longer_than_300_lines(modules: Mapping[str, ast.Module]) -> None:
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in modules}
    long = {name: n for name, n in lines.items() if n > LONGEST_FILE and not name.startswith(MIGRATIONS)}
    assert long == {}


def test_no_function_is_longer_than_40_lines(modules: Mapping[str, ast.Module]) -> None:
    long = {
        f"{name}:{each.lineno} {each.name}": length(each)
        for name, tree in modules.items()
        if not name.startswith(MIGRATIONS)
        for each in functions(tree)
        if length(each) > LONGEST_FUNCTION
    }
    assert long == {}


def test_functions_are_rarely_longer_than_30_lines(program: Mapping[str, ast.Module]) -> None:
    lengths = [
        length(each)
        for name, tree in program.items()
        if not name.startswith(MIGRATIONS)
        for each in functions(tree)
    ]
    long = [n for n in lengths if n > USUAL_FUNCTION]
    assert len(long) <= max(1, LONG_SHARE * len(lengths))
