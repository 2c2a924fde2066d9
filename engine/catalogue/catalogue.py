"""One industry with everything it refers to: items, departments, regions, materials and questions."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from engine.catalogue.conditions import check_conditions
from engine.catalogue.department import Department, Lane
from engine.catalogue.industry import Industry, IndustryItem, NotFor
from engine.catalogue.item import Item
from engine.catalogue.material import Material
from engine.catalogue.question import EMPTY, REGION, Answer, Question
from engine.catalogue.reading import read_sheets
from engine.catalogue.references import check_references
from engine.catalogue.region import Region
from engine.catalogue.tables import read_tables
from engine.catalogue.yardstick import Yardstick
from engine.errors import NotFound
from engine.rules import Rules, Table, rules_named
from forms.expressions import Expression
from forms.mistakes import Mistakes
from forms.source import Files

T = TypeVar("T")


@dataclass(frozen=True)
class Catalogue:
    """An industry as its files say; every reference in it is known to hold.

    `items` are as in force now and later, or on the day of `as_of`; `history` has each one's versions from
    the oldest on, `listed` the industry's entries by whatever law, `groups` all headings of lists in order,
    `yardsticks` what others have published of such reforms.
    """

    industry: Industry
    groups: tuple[str, ...]
    yardsticks: tuple[Yardstick, ...]
    departments: Mapping[str, Department]
    lanes: Mapping[str, Lane]
    regions: Mapping[str, Region]
    items: Mapping[str, Item]
    history: Mapping[str, tuple[Item, ...]]
    listed: tuple[IndustryItem, ...]
    materials: Mapping[str, Material]
    rules: Mapping[str, Table]
    questions: tuple[Question, ...]
    not_for: tuple[NotFor, ...]
    # shared by the catalogues of all days
    _as_of: dict[tuple[tuple[str, int], ...], "Catalogue"] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def read(cls, files: Files, industry: str) -> "Catalogue":
        """The catalogue of `industry` in `files`.

        Raises Mistakes with everything that is wrong inside the files, or, when nothing is, with every
        reference between them that does not hold.
        """
        sheets = read_sheets(files, industry)
        tables, mistakes = read_tables(sheets, files)
        if not mistakes:
            mistakes += check_conditions(sheets, tables)
        mistakes += check_references(sheets, files)
        if mistakes:
            raise Mistakes(mistakes)
        open_regions = tuple((code, sheets.regions[code].name) for code in sheets.industry.open_in)
        questions = (
            replace(each, options=open_regions) if each.kind == REGION else each
            for each in sheets.guide.questions
        )
        return cls(
            industry=sheets.industry,
            groups=sheets.groups,
            yardsticks=sheets.yardsticks,
            departments=sheets.departments,
            lanes=sheets.lanes,
            regions=sheets.regions,
            items=sheets.items,
            history=sheets.history,
            listed=sheets.industry.items,
            materials=sheets.materials,
            rules=tables,
            questions=tuple(questions),
            not_for=sheets.guide.not_for,
        )

    def as_of(self, day: date) -> "Catalogue":
        """The catalogue by the law of that day; the same object for all days under the same law.

        An item that was not in force yet is not among its items.
        """
        versions = {id: bisect_right(all_, day, key=_since) for id, all_ in self.history.items()}
        found = self._as_of.get(key := tuple(versions.items()))
        if found is None:
            items = {id: self.history[id][count - 1] for id, count in versions.items() if count}
            entries = tuple(each for each in self.listed if each.id in items)
            found = replace(self, items=items, industry=replace(self.industry, items=entries))
            self._as_of[key] = found
        return found

    def item(self, id: str) -> Item:
        """The item with this id; NotFound when the industry has none."""
        return _find(self.items, id, "没有这个事项。")

    def handed_in_for(self, items: Iterable[str]) -> frozenset[str]:
        """The materials that are handed in for these items; one that stands in for others counts for them."""
        wanted = (self.materials[name] for item in items for name in self.item(item).materials)
        return frozenset(material.merged_into or material.id for material in wanted)

    def beside(self, items: Iterable[str]) -> tuple[str, ...]:
        """The special steps of these items, like a hearing: a promise of days has no time for them."""
        names = (each.name for id in items for each in self.item(id).special)
        return tuple(dict.fromkeys(names))

    def lane(self, name: str) -> Lane:
        """Who works in the lane of this name; NotFound when no such lane is known."""
        return _find(self.lanes, name, f"没有名为“{name}”的泳道。")

    def department(self, id: str) -> Department:
        """The department with this id; NotFound when there is none."""
        return _find(self.departments, id, "没有这个部门。")

    def region(self, code: str) -> Region:
        """The region with this code; NotFound when there is none."""
        return _find(self.regions, code, "没有这个区划。")

    def question(self, id: str) -> Question:
        """The question with this id; NotFound when the guide has none."""
        return _find({each.id: each for each in self.questions}, id, "没有这个问题。")

    def settings(self, region: str) -> Mapping[str, object]:
        """The settings that hold in a region, its parent's where it has none of its own."""
        return self.region(region).settings

    def regions_open(self) -> tuple[Region, ...]:
        """The regions in which this industry may be applied for, in their order."""
        return tuple(self.regions[code] for code in self.industry.open_in)

    @property
    def window(self) -> str:
        """The department whose window receives applications and answers them."""
        return next(
            lane.department for lane in self.lanes.values() if lane.role == "window" and lane.department
        )

    def office_name(self, department: str, region: str) -> str:
        """What a department's office in a region is called, e.g. 张店区烟草专卖局; "" for no department."""
        return department and self.department(department).office_in(self.region(region))

    def region_for(self, item: str, region: str) -> str:
        """Whose office handles `item` for premises in `region`: the city's where the item is the city's."""
        return (self.item(item).level == "city" and self.region(region).parent) or region

    def authority_of(self, item: str, region: str) -> str:
        """The office that decides an item for premises in `region`."""
        return self.office_name(self.item(item).authority, self.region_for(item, region))

    def region_of(self, answers: Mapping[str, object]) -> Region | None:
        """The region that the guide's answers name, or None while they name none."""
        named = next((answers.get(each.id) for each in self.questions if each.kind == REGION), None)
        return self.regions.get(str(named))

    def facts(self, answers: Mapping[str, object], items: Sequence[str] = ()) -> dict[str, object]:
        """What conditions may read: each question by id, `settings`, `answers`, `rules`, `items` asked for.

        A question without an answer reads as no, 0 or an empty text; before the region is known the city's
        settings hold.
        """
        full: dict[str, object] = {each.id: answers.get(each.id, EMPTY[each.kind]) for each in self.questions}
        region = self.region_of(answers) or next(each for each in self.regions.values() if not each.parent)
        facts = {**full, "settings": region.settings, "answers": full, "items": list(items)}
        return {**facts, "rules": Rules(self.rules, facts)}

    def read_by(self, condition: Expression) -> frozenset[str]:
        """The facts that a condition reads, also by way of decision tables."""
        tables, _plain = rules_named(condition)
        return condition.names.union(*(self.rules[name].names for name in tables))

    def carried_over(self, answers: Mapping[str, Answer]) -> dict[str, object]:
        """The fields of the form that the guide has answered already, with their values."""
        values: dict[str, object] = {}
        for question in self.questions:
            answer = answers.get(question.id)
            if question.field is None or answer is None:
                continue
            if question.fills is None:
                values[question.field] = answer
            elif answer is True:
                filled = values.setdefault(question.field, [])
                if isinstance(filled, list):
                    filled.append(question.fills)
        return values


def _since(item: Item) -> date:
    return item.effective_from


def _find(known: Mapping[str, T], name: str, says: str) -> T:
    try:
        return known[name]
    except KeyError:
        raise NotFound(says) from None
