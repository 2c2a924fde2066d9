"""The top level is the house that the architecture draws, and its package names are nobody else's."""

from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.conftest import PACKAGES, ROOT

FOLDERS = {
    ".ci",
    "certificates",
    "docs",
    "engine",
    "forms",
    "processes",
    "requirements",
    "tests",
    "web",
}
FILES = {
    ".gitignore",
    ".npmrc",
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "README.zh-CN.md",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "setup.cfg",
}


def test_the_top_folders_are_those_agreed(tracked: tuple[Path, ...]) -> None:
    parts = [path.relative_to(ROOT).parts for path in tracked]
    assert {first for first, *rest in parts if rest} == FOLDERS


def test_the_top_files_are_those_agreed(tracked: tuple[Path, ...]) -> None:
    parts = [path.relative_to(ROOT).parts for path in tracked]
    assert {first for first, *rest in parts if not rest} == FILES


def test_the_processes_hold_no_program(tracked: tuple[Path, ...]) -> None:
    programs = (path for path in tracked if path.suffix == ".py")
    assert [path for path in programs if path.is_relative_to(ROOT / "processes")] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_brings_a_package_of_our_name(package: str) -> None:
    """Our packages have plain names: a library of the same name would take their place without a word."""
    assert set(packages_distributions().get(package, ())) <= {"onepermit"}
