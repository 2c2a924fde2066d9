"""What can be set, and what we depend on, is explained where people look for it."""

import re
from dataclasses import Field, fields
from typing import Any

import pytest

from engine.settings import Settings
from tests.house.conftest import ROOT

SETTINGS = (ROOT / "docs" / "operators" / "settings.md").read_text(encoding="utf-8")
DEPENDENCIES = (ROOT / "docs" / "decisions" / "dependencies.md").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, str]:
    """Heading of the second level → what stands below it."""
    parts = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)
    return {title.strip(): below for title, below in zip(parts[1::2], parts[2::2], strict=True)}


def direct_dependencies() -> list[str]:
    lists = (ROOT / "requirements" / name for name in ("run.in", "test.in"))
    lines = [line for path in lists for line in path.read_text(encoding="utf-8").splitlines()]
    python = [re.split(r"[<>=\[ ]", line)[0] for line in lines if re.match(r"[A-Za-z]", line)]
    package = (ROOT / "package.json").read_text(encoding="utf-8")
    return python + re.findall(r'^    "([@a-z][^"]*)": "\d', package, re.MULTILINE)


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda each: each.name)
def test_every_setting_is_explained_with_its_line_of_help(setting: Field[Any]) -> None:
    name, help_line = setting.name.upper(), setting.metadata["help"]
    assert help_line in sections(SETTINGS)[name]


def test_no_setting_is_explained_that_does_not_exist() -> None:
    assert set(sections(SETTINGS)) == {each.name.upper() for each in fields(Settings)}


@pytest.mark.parametrize("dependency", direct_dependencies())
def test_every_direct_dependency_has_its_reason(dependency: str) -> None:
    assert f"| `{dependency}` |" in DEPENDENCIES


def test_the_readme_names_only_what_exists() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), f"{readme}: {target}"
