"""The shipped definitions, and a small library of a test's own questions."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from forms.clean import Cleaned, clean
from forms.library import FormLibrary
from forms.source import Files

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 22)
Ask = Callable[..., Cleaned]


@pytest.fixture(scope="session")
def files() -> Files:
    folder = ROOT / "forms" / "definitions"
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.yaml")}


@pytest.fixture(scope="session")
def library(files: Files) -> FormLibrary:
    return FormLibrary.read(files, whole=True)


@pytest.fixture
def ask() -> Ask:
    """Cleans inputs for questions written as YAML: `ask("a: {label: 姓名, kind: text}", {"a": "张三"})`."""

    def ask(fields: str, raw: Mapping[str, str | list[str]], **context: object) -> Cleaned:
        return clean(step(fields).steps["test"].fields, raw, today=TODAY, context=context)

    return ask


def step(fields: str) -> FormLibrary:
    """A library with one step's form, its fields given as indented YAML lines."""
    lines = "\n".join(f"  {line}" for line in fields.strip().splitlines())
    return FormLibrary.read(
        {
            "forms/definitions/fields.yaml": "fields: {}",
            "forms/definitions/sections.yaml": "sections: []",
            "forms/definitions/steps/test.yaml": f"title: 试\nfields:\n{lines}",
        }
    )
