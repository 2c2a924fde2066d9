"""Checks that an industry ships the scenarios that show what matters about it."""

from collections.abc import Iterator, Sequence

from engine.catalogue import Catalogue
from engine.scenarios.names import check_names, names_in
from engine.scenarios.reading import Scenario, read_scenarios
from engine.workflow import read_model
from forms.library import FormLibrary
from forms.mistakes import Mistake, Mistakes
from forms.source import Files

FEWEST = 5


def check_scenarios(files: Files, industry: str) -> Iterator[Mistake]:
    """Scenarios that cannot be read, that name what is not there, or that are missing; none is carried out.

    Empty as long as the industry itself cannot be read: that is told where it is checked.
    """
    try:
        catalogue = Catalogue.read(files, industry)
        forms = FormLibrary.read(files)
        names = names_in(files, catalogue, read_model(files, catalogue.industry.process), forms)
    except Mistakes:
        return
    try:
        scenarios = read_scenarios(files, industry)
    except Mistakes as found:
        yield from found.mistakes
        return
    for scenario in scenarios:
        yield from check_names(f"processes/{industry}/scenarios/{scenario.id}.yaml", scenario, names)
    for says, do in _missing(scenarios, catalogue):
        yield Mistake(f"processes/{industry}/scenarios/", "场景", says, do)


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
