"""Reads an item's file as a row of versions, each with what was in force from its day on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

from marshmallow import ValidationError

from engine.catalogue.item import Item
from engine.catalogue.item_sheet import ItemSheet
from engine.catalogue.sheet import UNKNOWN, mistakes_in, read_sheet
from forms.mistakes import Mistake, nearest
from forms.source import Document, Path

FIXED = ("id", "marks", "versions")  # what no version may say differently
_KEYS = frozenset(ItemSheet().fields) - {*FIXED}

Read = tuple[Document | None, tuple[Item, ...], tuple[Mistake, ...]]


@lru_cache(maxsize=512)  # several industries read the same item
def read_item(path: str, text: str) -> Read:
    """The document, its versions from the oldest to the newest, and what is wrong; with mistakes no versions.

    A version is the file with the version's keys over the file's own.
    """
    mistakes: list[Mistake] = []
    read = read_sheet({path: text}, path, ItemSheet(), mistakes)
    if read is None:
        return None, (), tuple(mistakes)
    document, newest = read
    newest = replace(newest, marks=_all_marks(newest.marks, document.data))
    mistakes += _unknown_marks(document)
    written: Any = document.data.get("versions")
    if written is None:
        return document, (newest,), tuple(mistakes)
    own = {key: value for key, value in document.data.items() if key != "versions"}
    items = [_version(document, own, number, version, mistakes) for number, version in enumerate(written)]
    mistakes += _out_of_order(document, written)
    return document, tuple(replace(each, marks=newest.marks) for each in items if each), tuple(mistakes)


def _version(
    document: Document,
    own: Mapping[str, object],
    number: int,
    version: Mapping[str, object],
    mistakes: list[Mistake],
) -> Item | None:
    keys: Path = ("versions", number)
    for key in sorted(version.keys() - _KEYS):
        offer = nearest(key, _KEYS) or "请删去，或改用已有的名称。"
        mistakes.append(document.mistake((*keys, key), UNKNOWN, offer))
    if not version.keys() <= _KEYS:
        return None
    sheet = ItemSheet()
    try:
        item: Item = sheet.load({**own, **version})
    except ValidationError as error:
        mistakes += mistakes_in(document, sheet, error.messages, keys)
        return None
    return item


def _out_of_order(document: Document, written: list[Mapping[str, Any]]) -> Iterator[Mistake]:
    if not written:
        yield document.mistake(("versions",), "versions 是空的。", "请写明各版的施行日期，或删去这个键。")
    for number, (earlier, later) in enumerate(pairwise(written), start=1):
        if earlier["effective_from"] >= later["effective_from"]:
            keys: Path = ("versions", number, "effective_from")
            yield document.mistake(keys, "各版没有按施行日期从早到晚排。", "请调整先后，或改正日期。")


def _unknown_marks(document: Document) -> Iterator[Mistake]:
    """One mistake for each mark of a key that the item does not have."""
    marks: Any = document.data.get("marks") or {}
    versions: Any = document.data.get("versions") or []
    known = {"default", *document.data, *(key for version in versions for key in version)}
    for key in marks:
        if key not in known:
            offer = nearest(key, known) or "请删去这个标记。"
            yield document.mistake(("marks", key), f"没有“{key}”这个键。", offer)


def _all_marks(marks: Mapping[str, str], data: Mapping[str, object]) -> Mapping[str, str]:
    """The marks say how sure each value is; what is not named has the default."""
    default = marks.get("default", "K")
    return {key: marks.get(key, default) for key in data if key not in ("id", "marks")}
