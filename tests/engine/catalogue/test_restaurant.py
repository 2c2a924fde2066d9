"""The restaurant's own data: its guide tells what its scenarios expect, and a deployment holds all of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.catalogue import Catalogue
from engine.files import Files, files_of
from engine.guide import clean_answer, next_question, result

FOLDER = Path(__file__).parents[3] / "processes" / "restaurant" / "scenarios"
SCENARIOS = {path.stem: yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yaml"))}
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=list(SCENARIOS))
def test_every_scenario_answers_the_whole_guide_and_expects_its_items(
    restaurant: Catalogue, scenario: dict[str, Any]
) -> None:
    answers = scenario["answers"]
    assert next_question(restaurant, answers) is None
    notice = result(restaurant, answers, MONDAY)
    expect = scenario["expect"]
    if expect["end"] != "not_accepted":
        assert set(expect["outcomes"]) == {each.item.id for each in notice.items}
    assert expect.get("days", notice.committed_days) == notice.committed_days


def test_a_deployment_has_all_that_its_catalogue_needs(files: Files, restaurant: Catalogue) -> None:
    assert Catalogue.read(files_of(files, "restaurant"), "restaurant") == restaurant


def test_every_item_names_its_law(restaurant: Catalogue) -> None:
    assert str(restaurant.item("fire_check").basis[0]) == "《中华人民共和国消防法》第十五条"
    assert all(
        item.basis and all(point.basis for point in item.checklist) for item in restaurant.items.values()
    )


def test_the_points_of_all_checklists_have_ids_of_their_own(restaurant: Catalogue) -> None:
    ids = [point.id for item in restaurant.items.values() for point in item.checklist]
    assert len(ids) == len(set(ids))


def test_every_question_can_be_answered_as_a_page_posts_it(restaurant: Catalogue) -> None:
    posted = {"yes_no": "yes", "number": "120", "region": "370303"}
    for question in restaurant.questions:
        assert question.accepts(clean_answer(question, posted[question.kind]))
