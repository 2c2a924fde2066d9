"""The project's own files, as the house tests look at them."""

import ast
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("forms", "engine", "certificates", "web")


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """All files of the project, those not committed yet among them; nothing that git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(sorted(path for name in set(names.split("\0")) if name and (path := ROOT / name).is_file()))


@pytest.fixture(scope="session")
def modules(tracked: tuple[Path, ...]) -> Mapping[str, ast.Module]:
    """The syntax tree of each Python file, by its path from the top."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in tracked
        if path.suffix == ".py"
    }


@pytest.fixture(scope="session")
def program(modules: Mapping[str, ast.Module]) -> Mapping[str, ast.Module]:
    """The modules of the program itself, without its tests."""
    return {name: tree for name, tree in modules.items() if name.split("/")[0] in PACKAGES}
