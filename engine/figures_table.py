"""Writes the tables of docs/industries.md: every industry with its figures of 四减一优, and its items."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from statistics import fmean

from engine.deployments import Deployment, unpublished
from engine.figures import Figure, Figures, figures
from engine.files import Files, industries_in

WRITTEN_BELOW = "The pilots are marked ★.\n"  # what stands above is written by people
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # nothing here is published, and no figure depends on a day
HEADS = ("items", "steps", "materials", "days", "questions", "visits")


def with_figures(document: str, files: Files) -> str:
    """`document` with its tables anew. Raises Mistakes for an industry that cannot be read."""
    above, mark, _ = document.partition(WRITTEN_BELOW)
    deployments = [unpublished(files, industry, NEVER) for industry in industries_in(files)]
    deployments.sort(key=lambda each: each.catalogue.industry.order)
    return "\n".join((above + mark, *_tables(deployments), ""))


def _tables(deployments: Sequence[Deployment]) -> Iterator[str]:
    found = [(each, figures(each)) for each in deployments]
    yield from _head("", "industry", *HEADS)
    for deployment, counted in found:
        industry = deployment.catalogue.industry
        name = f"{'★ ' if industry.pilot else ''}{industry.name} `{industry.id}`"
        yield _line(str(industry.order), name, *map(_change, _in_order(counted)))
    yield "\nFewer on average, from the first number to the last:\n"
    yield from _head("", *HEADS)
    pilots = [counted for deployment, counted in found if deployment.catalogue.industry.pilot]
    yield _averages(f"the {len(pilots)} pilots", pilots)
    yield _averages(f"all {len(found)}", [counted for _, counted in found])
    yield "\n## Items\n\nThose in brackets are needed only in some cases; the guide finds out.\n"
    yield from _head("industry", "items")
    yield from map(_items, deployments)


def _head(*names: str) -> Iterator[str]:
    yield _line(*names)
    yield f"|{'---|' * len(names)}"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _change(figure: Figure) -> str:
    between = "" if figure.merged is None else f" → {figure.merged}"
    return f"{figure.before}{between} → **{figure.after}**"


def _averages(name: str, group: Sequence[Figures]) -> str:
    columns = zip(*map(_in_order, group), strict=True)
    return _line(name, *(f"−{fmean(each.saved for each in column):.0f} %" for column in columns))


def _in_order(found: Figures) -> tuple[Figure, ...]:
    """In the order of HEADS."""
    return (found.certificates, found.steps, found.materials, found.days, found.fields, found.visits)


def _items(deployment: Deployment) -> str:
    catalogue = deployment.catalogue
    names = (
        catalogue.item(each.id).name if each.when is None else f"（{catalogue.item(each.id).name}）"
        for each in catalogue.industry.items
    )
    return _line(catalogue.industry.name, "、".join(names))
