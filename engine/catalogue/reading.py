"""Reads all files that an industry's catalogue is made of and collects what is wrong inside any of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.catalogue.department import Department, DepartmentsSheet, Lane
from engine.catalogue.industry import GroupsSheet, Guide, GuideSheet, Industry, IndustrySheet
from engine.catalogue.item import Item
from engine.catalogue.material import Material, MaterialsSheet
from engine.catalogue.region import Region, RegionsSheet, with_inherited
from engine.catalogue.sheet import Sheet, read_sheet
from engine.catalogue.versions import read_item
from engine.catalogue.yardstick import Yardstick, YardsticksSheet
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import Document, Files, Path, paths_under

DEPARTMENTS = "processes/departments.yaml"
REGIONS = "processes/regions.yaml"
GROUPS = "processes/groups.yaml"
YARDSTICKS = "processes/yardsticks.yaml"
MATERIALS = "processes/materials.yaml"
ITEMS = "processes/items"


@dataclass(frozen=True)
class Sheets:
    """The files as read, each right in itself; `documents` by path, to say where a reference stands.

    `history` has the versions of each item from the oldest on, `items` the newest.
    """

    industry: Industry
    guide: Guide
    groups: tuple[str, ...]
    yardsticks: tuple[Yardstick, ...]
    departments: Mapping[str, Department]
    lanes: Mapping[str, Lane]
    regions: Mapping[str, Region]
    materials: Mapping[str, Material]
    items: Mapping[str, Item]
    history: Mapping[str, tuple[Item, ...]]
    documents: Mapping[str, Document]


def industry_path(industry: str) -> str:
    return f"processes/{industry}/industry.yaml"


def guide_path(industry: str) -> str:
    return f"processes/{industry}/guide.yaml"


def item_path(item: str) -> str:
    return f"{ITEMS}/{item}.yaml"


def read_sheets(files: Files, industry: str) -> Sheets:
    """Everything that `industry` is made of. Raises Mistakes with all that is wrong in any of the files."""
    reading = _Reading(files, {}, [])
    head: Industry | None = reading.sheet(industry_path(industry), IndustrySheet())
    guide: Guide | None = reading.sheet(guide_path(industry), GuideSheet())
    departments, lanes = reading.sheet(DEPARTMENTS, DepartmentsSheet()) or ([], [])
    groups = reading.sheet(GROUPS, GroupsSheet()) or ()
    yardsticks = (YARDSTICKS in files and reading.sheet(YARDSTICKS, YardsticksSheet())) or ()
    regions = reading.sheet(REGIONS, RegionsSheet()) or []
    materials = reading.sheet(MATERIALS, MaterialsSheet()) or []
    items = {
        each.id: reading.item(number, each.id, industry)
        for number, each in enumerate(head.items if head else ())
    }
    if head is not None and head.id != industry:
        words = f"id“{head.id}”和文件夹名不一致。"
        mistake = reading.documents[industry_path(industry)].mistake(("id",), words, f"请改成“{industry}”。")
        reading.mistakes.append(mistake)
    if reading.mistakes or head is None or guide is None:
        raise Mistakes(reading.mistakes)
    return Sheets(
        head if head.open_in else replace(head, open_in=_everywhere(regions)),
        guide,
        groups,
        yardsticks,
        departments={each.id: each for each in departments},
        lanes={each.name: each for each in lanes},
        regions=with_inherited(regions),
        materials={each.id: each for each in materials},
        items={id: versions[-1] for id, versions in items.items()},
        history=items,
        documents=reading.documents,
    )


def _everywhere(regions: list[Region]) -> tuple[str, ...]:
    """Every district and zone."""
    return tuple(region.code for region in regions if region.parent is not None)


@dataclass
class _Reading:
    files: Files
    documents: dict[str, Document]
    mistakes: list[Mistake]

    def sheet(self, path: str, sheet: Sheet) -> Any:
        """What `sheet` makes of the file at `path`, or None when it is wrong."""
        read = read_sheet(self.files, path, sheet, self.mistakes)
        if read is None:
            return None
        self.documents[path], made = read
        return made

    def item(self, number: int, id: str, industry: str) -> tuple[Item, ...]:
        """The versions of the item that the industry names in its list at `number`, the oldest first."""
        path = item_path(id)
        if path not in self.files:
            keys: Path = ("items", number, "id")
            known = (
                each.removeprefix(f"{ITEMS}/").removesuffix(".yaml")
                for each in paths_under(self.files, ITEMS)
            )
            do = nearest(id, known) or f"请补上 {path}。"
            self.mistakes.append(
                self.documents[industry_path(industry)].mistake(keys, f"没有事项“{id}”。", do)
            )
            return ()
        document, versions, mistakes = read_item(path, self.files[path])
        self.mistakes += mistakes
        if document is None:
            return ()
        self.documents[path] = document
        if document.data["id"] != id:
            words = f"id“{document.data['id']}”和文件名不一致。"
            self.mistakes.append(document.mistake(("id",), words, f"请改成“{id}”。"))
        return versions
