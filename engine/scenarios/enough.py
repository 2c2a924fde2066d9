"""Checks that an industry ships the scenarios that show what matters about it."""

from collections.abc import Iterator, Sequence

from engine.catalogue import Catalogue
from engine.scenarios.reading import Scenario, read_scenarios
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import Files

FEWEST = 5


def check_scenarios(files: Files, industry: str) -> Iterator[Mistake]:
    """Scenarios that cannot be read, that expect unknown items, or that are missing; none is carried out.

    Empty as long as the industry itself cannot be read: that is told where it is checked.
    """
    try:
        catalogue = Catalogue.read(files, industry)
    except Mistakes:
        return
    try:
        scenarios = read_scenarios(files, industry)
    except Mistakes as found:
        yield from found.mistakes
        return
    for scenario in scenarios:
        for item in scenario.expect.outcomes:
            if item not in catalogue.items:
                says = f"这个行业没有事项“{item}”。"
                do = nearest(item, catalogue.items) or f"可写的有：{'、'.join(sorted(catalogue.items))}。"
                yield Mistake(_file(industry, scenario), "expect.outcomes", says, do)
    for says, do in _missing(scenarios, catalogue):
        yield Mistake(f"processes/{industry}/scenarios/", "场景", says, do)


def _file(industry: str, scenario: Scenario) -> str:
    return f"processes/{industry}/scenarios/{scenario.id}.yaml"


def _missing(scenarios: Sequence[Scenario], catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """What no scenario shows, and what to add."""
    outcomes = [scenario.expect.outcomes for scenario in scenarios]
    if len(scenarios) < FEWEST:
        yield f"只有 {len(scenarios)} 个场景，至少要 {FEWEST} 个。", "请补上没有演示到的情形。"
    if not any(each and set(each.values()) == {"granted"} for each in outcomes):
        yield "没有一个场景全部准予。", "请补一个每个事项都 granted 的场景。"
    if not any("refused" in each.values() for each in outcomes):
        yield "没有一个场景有事项不予许可。", "请补一个有事项 refused 的场景。"
    for item in catalogue.items.values():
        for needed in sorted(item.needs.keys() & catalogue.items.keys()):
            if not any(each.get(needed) == each.get(item.id) == "refused" for each in outcomes):
                name = catalogue.item(needed).name
                says = f"没有一个场景演示：“{name}”不予许可，以它为前提的“{item.name}”也不予许可。"
                yield says, f"请补一个 {needed} 和 {item.id} 都 refused 的场景。"
