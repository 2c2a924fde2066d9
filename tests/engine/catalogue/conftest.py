"""The repository's own files, and ways to write one of them wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.catalogue import Catalogue
from engine.files import Files, read_folder
from forms.mistakes import Mistake, Mistakes

ROOT = Path(__file__).parents[3]

Faults = Callable[..., tuple[Mistake, ...]]


@pytest.fixture(scope="session")
def files() -> Files:
    return read_folder(ROOT)


@pytest.fixture(scope="session")
def restaurant(files: Files) -> Catalogue:
    return Catalogue.read(files, "restaurant")


@pytest.fixture
def faults(files: Files) -> Faults:
    """What is said when a file has another text in place of one: faults(path, old, new, path, old, new)."""

    def read(*changes: str) -> tuple[Mistake, ...]:
        changed = dict(files)
        for path, old, new in zip(changes[::3], changes[1::3], changes[2::3], strict=True):
            assert old in changed[path], f"{path} does not say {old!r}"
            changed[path] = changed[path].replace(old, new)
        with pytest.raises(Mistakes) as raised:
            Catalogue.read(changed, "restaurant")
        return raised.value.mistakes

    return read
