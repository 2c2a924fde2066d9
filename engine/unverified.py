"""Finds the assumptions among an industry's values (待核实), which designers confirm and nobody else sees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.catalogue import Catalogue
from engine.catalogue.item import UNVERIFIED
from engine.catalogue.reading import MATERIALS, industry_path, item_path
from forms.source import Document, Files, read_document

DEFAULT = "default"
NO_VALUES = ("id", "marks")


@dataclass(frozen=True)
class Assumed:
    """One assumed value as it stands in its file, and the line there."""

    key: str
    value: object
    line: int


@dataclass(frozen=True)
class Assumptions:
    """The assumed values of one file: of an item, of the industry itself, or of the materials it uses."""

    name: str
    file: str
    values: tuple[Assumed, ...]


def unverified(files: Files, catalogue: Catalogue) -> tuple[Assumptions, ...]:
    """Every assumption that `catalogue`, read from `files`, rests on; files without any are left out."""
    industry = catalogue.industry
    found = [_in_file(files, industry_path(industry.id), industry.name)]
    found += [_in_file(files, item_path(item.id), item.name) for item in catalogue.items.values()]
    found.append(_in_materials(files, catalogue))
    return tuple(each for each in found if each.values)


def _in_file(files: Files, path: str, name: str) -> Assumptions:
    document = read_document(files, path)
    assumed = _assumed(document.data, _marks(document))
    values = (Assumed(key, document.data[key], document.lines[(key,)]) for key in assumed)
    return Assumptions(name, path, tuple(values))


def _in_materials(files: Files, catalogue: Catalogue) -> Assumptions:
    document = read_document(files, MATERIALS)
    written = document.data["materials"]
    assert isinstance(written, Mapping)  # the catalogue has been read from it
    used = {name for item in catalogue.items.values() for name in item.materials}
    assumed = (name for name in _assumed(written, _marks(document)) if name in used)
    lines = document.lines
    values = tuple(
        Assumed(name, catalogue.materials[name].name, lines[("materials", name)]) for name in assumed
    )
    return Assumptions("材料", MATERIALS, values)


def _marks(document: Document) -> Mapping[str, object]:
    marks = document.data.get("marks")
    return marks if isinstance(marks, Mapping) else {}


def _assumed(data: Mapping[str, object], marks: Mapping[str, object]) -> Iterator[str]:
    default = marks.get(DEFAULT)
    return (key for key in data if key not in NO_VALUES and marks.get(key, default) == UNVERIFIED)
