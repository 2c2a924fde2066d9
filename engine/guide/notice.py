"""The one-time notice: this applicant's items and why, merged materials, days, fees and visits."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from engine.catalogue import Catalogue, IndustryItem, Item, MergedMaterial, NotFor, Region
from engine.catalogue.combined import DEFAULT_RULE, committed_days, statutory_days
from engine.catalogue.material import APPLICANT
from engine.catalogue.merging import merge, needed_by
from engine.catalogue.wording import filled
from engine.days import add_working_days, is_provisional
from engine.guide.questions import Answers, excluded_by, next_question, usable, wrong
from engine.guide.spared import SparedMaterial, spared_materials, without


@dataclass(frozen=True)
class NeededItem:
    """An item that is needed: why, whether on wish only, which office decides, whether it takes a visit."""

    item: Item
    why: str
    optional: bool
    authority: str
    visit: bool


@dataclass(frozen=True)
class UnneededItem:
    """An item of the industry that is not needed, why not, and whether a wish would change that."""

    item: Item
    why: str
    optional: bool


@dataclass(frozen=True)
class Ineligible:
    """Why this industry's certificate is not for this applicant, and what to do instead."""

    because: str
    instead: str


@dataclass(frozen=True)
class GuideResult:
    """The notice. Days are working days from acceptance, fees yuan; with `ineligible` all else is empty.

    `committed_days` is for the whole case by `rule` (see engine.catalogue.combined), `committed_sum` and
    `statutory_sum` one item after another, `statutory_days` side by side but for needs. `before_merge` counts
    materials as each item alone asks for them, `to_bring` those that the applicant prepares. `done_by` is the
    last day if accepted on the day of asking, `provisional` when that year's holidays are not known yet.
    """

    region: Region
    done_by: date
    provisional: bool
    ineligible: Ineligible | None = None
    items: tuple[NeededItem, ...] = ()
    not_needed: tuple[UnneededItem, ...] = ()
    materials: tuple[MergedMaterial, ...] = ()
    spared: tuple[SparedMaterial, ...] = ()
    before_merge: int = 0
    rule: str = DEFAULT_RULE
    committed_days: int = 0
    notes: tuple[str, ...] = ()

    @property
    def _items(self) -> list[Item]:
        return [each.item for each in self.items]

    @property
    def to_bring(self) -> int:
        """How many materials the applicant prepares."""
        return sum(each.source == APPLICANT for each in self.materials)

    @property
    def committed_sum(self) -> int:
        return sum(item.committed_days for item in self._items)

    @property
    def statutory_days(self) -> int:
        return statutory_days(self._items)

    @property
    def statutory_sum(self) -> int:
        return sum(item.statutory_days for item in self._items)

    @property
    def fees(self) -> tuple[tuple[Item, int], ...]:
        """Each item's fee in yuan."""
        return tuple((item, item.fee) for item in self._items)

    @property
    def fee_total(self) -> int:
        return sum(item.fee for item in self._items)

    @property
    def visits_before(self) -> int:
        """How many visits there would be if each item had its own."""
        return sum(each.visit for each in self.items)

    @property
    def visits(self) -> int:
        """How many visits there are: one joint one, or none."""
        return min(1, self.visits_before)


def result(catalogue: Catalogue, answers: Answers, on: date, left_out: Collection[str] = ()) -> GuideResult:
    """The notice for these answers by the law of that day. Raises Invalid while a question is open.

    `left_out` are items that the applicant has already.
    """
    catalogue = catalogue.as_of(on)
    missing = next_question(catalogue, answers)
    if missing is not None:
        raise wrong(missing, f"请先回答：{missing.text}")
    known = usable(catalogue, answers)
    region = catalogue.region_of(known)
    assert region is not None  # the guide has one question for the region, and it is answered
    values = {**catalogue.facts(known), **region.settings, "region": region.name}
    excluded = excluded_by(catalogue, known)
    if excluded is not None:
        return GuideResult(region, on, is_provisional(on), _ineligible(excluded, values))
    return _notice(catalogue, known, region, values, on, left_out)


def _ineligible(rule: NotFor, values: Mapping[str, object]) -> Ineligible:
    return Ineligible(filled(rule.because, values), filled(rule.instead, values))


def _notice(
    catalogue: Catalogue,
    answers: Answers,
    region: Region,
    values: Mapping[str, object],
    on: date,
    left_out: Collection[str],
) -> GuideResult:
    facts = catalogue.facts(answers)
    wanted = [each for each in catalogue.industry.items if each.when is None or each.when.evaluate(facts)]
    needed = [each for each in wanted if each.id not in left_out]
    items = [catalogue.item(each.id) for each in needed]
    facts = catalogue.facts(answers, [item.id for item in items])
    spared = spared_materials(catalogue, items, facts, values)
    library = without(catalogue.materials, spared)
    rule = str(region.settings.get("combined_limit", DEFAULT_RULE))
    days = committed_days(items, rule, catalogue.industry.fixed_days)
    done_by = add_working_days(on, days)
    return GuideResult(
        region=region,
        done_by=done_by,
        provisional=is_provisional(done_by),
        items=tuple(_needed(catalogue, each, region, facts, values) for each in needed),
        not_needed=tuple(
            UnneededItem(catalogue.item(each.id), filled(each.otherwise, values), each.optional)
            for each in catalogue.industry.items
            if each not in wanted
        ),
        materials=merge(items, library, facts),
        spared=spared,
        before_merge=sum(len(needed_by(item, library, facts)) for item in items),
        rule=rule,
        committed_days=days,
        notes=tuple(
            filled(note.text, values) for note in catalogue.industry.notes if note.when.evaluate(facts)
        ),
    )


def _needed(
    catalogue: Catalogue,
    entry: IndustryItem,
    region: Region,
    facts: Mapping[str, object],
    values: Mapping[str, object],
) -> NeededItem:
    item = catalogue.item(entry.id)
    return NeededItem(
        item,
        filled(entry.why, values),
        entry.optional,
        catalogue.authority_of(entry.id, region.code),
        item.needs_visit(facts),
    )
