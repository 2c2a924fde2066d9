"""四减一优: each figure is what anybody can count in the files, and the page in docs/ says the same."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.deployments import Deployment, unpublished
from engine.figures import Figure, Figures, figures
from engine.figures_table import with_figures
from engine.files import industries_in
from tests.filing import ROOT, files
from web.commands.figures import figures as write_figures

DOCUMENT = ROOT / "docs" / "industries.md"
INDUSTRIES = industries_in(files())
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@cache
def deployed(industry: str) -> Deployment:
    return unpublished(files(), industry, NOW)


def every_figure(found: Figures) -> list[Figure]:
    return [found.certificates, found.steps, found.materials, found.fields, found.days, found.visits]


def test_the_restaurant_can_be_counted_by_hand() -> None:
    found = figures(deployed("restaurant"))
    assert found.certificates == Figure(5, 1)
    # five reviews and five decisions; alone, five times accepted and issued, and four items are visited
    assert found.steps == Figure(5 + 5 + 5 * 2 + 4, 5 + 5 + 2 + 1)
    assert found.visits == Figure(4, 1)
    assert found.days.before == sum(
        item.statutory_days for item in deployed("restaurant").catalogue.items.values()
    )
    assert found.days.merged == 20


def test_what_is_saved_is_said_in_percent() -> None:
    assert Figure(5, 1).saved == 80
    assert Figure(3, 2, merged=2).saved == 33
    assert Figure(0, 0).saved == 0


def test_without_items_nothing_is_counted() -> None:
    assert all(
        (each.before, each.after) == (0, 0) for each in every_figure(figures(deployed("restaurant"), ()))
    )


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_together_is_never_more_than_one_after_another(industry: str) -> None:
    for each in every_figure(figures(deployed(industry))):
        assert each.after <= (each.before if each.merged is None else each.merged) <= each.before


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_one_item_alone_has_no_more_of_its_own_than_its_industry(industry: str) -> None:
    whole = figures(deployed(industry))
    for item in deployed(industry).catalogue.items:
        alone = figures(deployed(industry), {item})
        assert alone.fields.before == alone.fields.merged
        assert all(
            one.before <= all_.before
            for one, all_ in zip(every_figure(alone), every_figure(whole), strict=True)
        )


def test_the_page_of_all_industries_says_what_the_files_give() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert with_figures(written, files()) == written, "docs/industries.md is old: run `make figures`"


def test_the_page_is_written_anew_from_the_files(tmp_path: Path) -> None:
    page = tmp_path / "industries.md"
    now = DOCUMENT.read_text(encoding="utf-8")
    page.write_text(now.replace("| 餐饮店 |", "| 旧名称 |"), encoding="utf-8")
    done = CliRunner().invoke(write_figures, [str(page)])
    assert (done.exit_code, page.read_text(encoding="utf-8")) == (0, now)
