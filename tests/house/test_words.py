"""One word, one thing: names say what something is in the words of the field."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

import pytest

from tests.house.conftest import ROOT

# These words say nothing about what a thing is for.
EMPTY_WORDS = ("service", "manager", "helper", "utils", "util", "common", "misc", "processor")
# Where a standard, a library or the law uses the word in a sense of its own.
MEANT = {
    "service_task": "BPMN's own word",
    "serviceTask": "BPMN's own word",
    "ServiceTask": "BPMN's own word",
}
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
THIS = Path(__file__).relative_to(ROOT).as_posix()


def words(name: str) -> list[str]:
    """The lower-case words of a snake_case or CamelCase name."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def names(tree: ast.Module) -> Iterator[str]:
    """What a module itself names for others: classes, functions, arguments, and what stands at its top."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
    for statement in tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield from (each.id for each in ast.walk(statement) if _is_set(each))


def _is_set(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def is_empty(name: str) -> bool:
    return not any(meant in name for meant in MEANT) and bool(set(words(name)) & set(EMPTY_WORDS))


def test_no_name_uses_a_word_that_says_nothing(program: Mapping[str, ast.Module]) -> None:
    found = {f"{file}: {name}" for file, tree in program.items() for name in names(tree) if is_empty(name)}
    assert found == set()


def test_no_file_or_folder_uses_a_word_that_says_nothing(tracked: tuple[Path, ...]) -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in tracked
        if any(is_empty(part.split(".")[0]) for part in path.relative_to(ROOT).parts)
    }
    assert found == set()


def test_every_module_says_in_one_sentence_what_it_promises(modules: Mapping[str, ast.Module]) -> None:
    silent = {name for name, tree in modules.items() if not (ast.get_docstring(tree) or "").strip()}
    assert silent == set()


def test_nothing_is_left_for_later_in_a_comment(tracked: tuple[Path, ...]) -> None:
    sources = (
        path for path in tracked if path.suffix in {".py", ".js", ".mjs", ".css", ".html", ".typ", ".yaml"}
    )
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in sources
        if path.relative_to(ROOT).as_posix() != THIS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MARKS.search(line)
    }
    assert found == set()


def test_a_silenced_checker_has_a_reason_on_the_line(tracked: tuple[Path, ...]) -> None:
    silenced = re.compile(r"#\s*(type:\s*ignore|noqa)(:\s*[\w-]+(,\s*[\w-]+)*|\[[^\]]*\])?\s*$")
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in tracked
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if silenced.search(line)
    }
    assert found == set()


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("CaseService", True),
        ("date_utils", True),
        ("serviceTask", False),
        ("commonly", False),
        ("issue", False),
    ],
)
def test_the_words_of_a_name_are_found(name: str, empty: bool) -> None:
    assert is_empty(name) is empty
