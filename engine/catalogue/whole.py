"""Checks all items against each other: what only shows when the items of every industry are at hand."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.catalogue.item import Item
from engine.catalogue.material import RESULT, Material, MaterialsSheet
from engine.catalogue.reading import ITEMS, MATERIALS, item_path
from engine.catalogue.references import check_circle
from engine.catalogue.sheet import read_sheet
from engine.catalogue.versions import read_item
from forms.mistakes import Mistake, nearest
from forms.source import Document, Files, Path, paths_under


@dataclass(frozen=True)
class AllItems:
    """Every item in its newest version, with its document; `mistakes` are those inside the files."""

    items: Mapping[str, Item]
    documents: Mapping[str, Document]
    mistakes: tuple[Mistake, ...]


def read_all_items(files: Files) -> AllItems:
    """All items in `files`; those with mistakes are left out."""
    items: dict[str, Item] = {}
    documents: dict[str, Document] = {}
    mistakes: list[Mistake] = []
    for path in paths_under(files, ITEMS):
        document, versions, found = read_item(path, files[path])
        mistakes += found
        if document is not None and versions:
            items[versions[-1].id] = versions[-1]
            documents[path] = document
    return AllItems(items, documents, tuple(mistakes))


def check_items(files: Files) -> tuple[Mistake, ...]:
    """What is wrong between the items of `files`, and inside any of them."""
    everything = read_all_items(files)
    read = read_sheet(files, MATERIALS, MaterialsSheet(), [])
    materials: Mapping[str, Material] = {each.id: each for each in read[1]} if read else {}
    items, documents = everything.items, everything.documents
    mistakes = [*everything.mistakes, *_check_producers(items, materials, documents)]
    for item in items.values():
        mistakes += _check_named(item, items, documents[item_path(item.id)])
    mistakes += _check_points(items.values(), documents)
    mistakes += check_circle(items, documents)
    return tuple(mistakes)


def _check_named(item: Item, items: Mapping[str, Item], document: Document) -> Iterator[Mistake]:
    """Items that another item names."""
    named: list[tuple[Path, str]] = [(("needs", each), each) for each in item.needs]
    if item.stage_of is not None:
        named.append((("stage_of",), item.stage_of))
    for keys, name in named:
        if name not in items or name == item.id:
            offer = nearest(name, items.keys() - {item.id}) or "请核对，或先补上这个事项。"
            yield document.mistake(keys, f"没有另一个事项“{name}”。", offer)


def _check_producers(
    items: Mapping[str, Item], materials: Mapping[str, Material], documents: Mapping[str, Document]
) -> Iterator[Mistake]:
    """A result has one item that yields it, and whoever asks for it needs that item's decision."""
    producers: dict[str, list[str]] = defaultdict(list)
    for item in items.values():
        for name in item.produces:
            producers[name].append(item.id)
    for name, found in producers.items():
        for id in found[1:]:
            says = f"材料“{name}”已经是事项“{found[0]}”的办理结果。"
            yield documents[item_path(id)].mistake(("produces",), says, "请只在一个事项里写。")
    for item in items.values():
        for number, name in enumerate(item.materials):
            if name not in materials or materials[name].source != RESULT:
                continue
            document, keys = documents[item_path(item.id)], ("materials", number)
            if not producers[name]:
                yield document.mistake(
                    keys, f"没有事项产生材料“{name}”。", "请在产生它的事项里写 produces，或改它的来源。"
                )
            elif producers[name][0] not in item.needs:
                says = f"材料“{name}”是事项“{producers[name][0]}”的办理结果，但 needs 里没有它。"
                yield document.mistake(keys, says, f"请在 needs 里补上“{producers[name][0]}: decide”。")


def _check_points(items: Iterable[Item], documents: Mapping[str, Document]) -> Iterator[Mistake]:
    """The same point in two checklists is one point, so it must say the same."""
    said: dict[str, tuple[str, str]] = {}
    for item in items:
        for number, point in enumerate(item.checklist):
            first, text = said.setdefault(point.id, (item.id, point.text))
            if text != point.text:
                says = f"要点“{point.id}”在事项“{first}”里写的是另一句话。"
                keys: Path = ("checklist", number, "id")
                yield documents[item_path(item.id)].mistake(keys, says, "请改成同一句话，或换一个标识。")
