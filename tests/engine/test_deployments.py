"""An industry is published as immutable versions; a case stays with the one it was filed under."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, func, select

from engine.deployments import current, deployment_of, industries, load, publish, unpublished, versions
from engine.errors import NotFound
from engine.files import Files
from engine.tables import deployments
from tests.engine.clerks import People, case_of, finish
from tests.filing import INDUSTRY, NOW, ONLY_FOOD, file_case, files, waiting

LATER = NOW + timedelta(days=1)
ACCEPT = "forms/definitions/steps/accept.yaml"
NAMED = "processes/restaurant/industry.yaml"


def changed(path: str, old: str, new: str) -> Files:
    found = dict(files())
    assert old in found[path]
    return {**found, path: found[path].replace(old, new, 1)}


def count(db: Connection) -> int:
    return int(db.execute(select(func.count()).select_from(deployments)).scalar_one())


def test_the_same_content_is_the_same_deployment(desk: Connection) -> None:
    before = current(desk, INDUSTRY)
    again, new = publish(desk, dict(reversed([*files().items()])), INDUSTRY, LATER)
    assert (again.id, new, count(desk)) == (before.id, False, 1)
    assert again.published_at == NOW


def test_changed_content_is_the_next_version(desk: Connection) -> None:
    newer, new = publish(desk, changed(NAMED, "name: 餐饮店", "name: 饭店"), INDUSTRY, LATER)
    assert (newer.version, new, newer.published_at) == (2, True, LATER)
    assert current(desk, INDUSTRY).id == newer.id
    assert [(card.id, card.name) for card in industries(desk)] == [(INDUSTRY, "饭店")]


def test_a_list_shows_the_industries_without_reading_any(desk: Connection) -> None:
    (card,) = industries(desk)
    assert (card.title, card.group, card.pilot, card.order) == ("开办餐饮店", "餐饮食品", True, 3)
    assert card.item_count == 5 and card.summary.endswith("一张证经营。")


def test_every_version_that_was_published_can_be_read_again(desk: Connection) -> None:
    publish(desk, changed(NAMED, "name: 餐饮店", "name: 饭店"), INDUSTRY, LATER)
    assert [(each.version, each.published_at) for each in versions(desk, INDUSTRY)] == [(2, LATER), (1, NOW)]
    assert deployment_of(desk, INDUSTRY, 1).catalogue.industry.name == "餐饮店"
    with pytest.raises(NotFound):
        deployment_of(desk, INDUSTRY, 3)


def test_content_that_was_published_before_is_current_again(desk: Connection) -> None:
    first = current(desk, INDUSTRY)
    publish(desk, changed(NAMED, "name: 餐饮店", "name: 饭店"), INDUSTRY, LATER)
    again, new = publish(desk, files(), INDUSTRY, LATER)
    assert (again.id, new) == (first.id, False)
    assert current(desk, INDUSTRY).id == first.id
    assert [(card.id, card.name) for card in industries(desk)] == [(INDUSTRY, "餐饮店")]


def test_what_no_case_depends_on_makes_no_version(desk: Connection) -> None:
    scenario, demo = "processes/restaurant/scenarios/new.yaml", "processes/demo/x.yaml"
    beside = {**files(), scenario: "title: 新\n", demo: "a: 1\n"}
    assert publish(desk, beside, INDUSTRY, LATER)[1] is False


def test_a_running_case_keeps_the_forms_it_was_filed_under(engine: Engine, people: People) -> None:
    number = file_case(engine, people, ONLY_FOOD)
    newer = changed(ACCEPT, "options: {accept: 受理,", "options: {take: 受理,")
    with engine.connect() as db:
        deployment, _ = publish(db, newer, INDUSTRY, LATER)
        case = case_of(db, number)
        assert case.deployment_id != deployment.id
        assert finish(db, people, number, "accept").outcome == "accept"
        assert set(waiting(db, number)) == {"review_food_operation"}


def test_a_deployment_reads_the_files_it_was_published_with(desk: Connection) -> None:
    newer, _ = publish(desk, changed(NAMED, "name: 餐饮店", "name: 饭店"), INDUSTRY, LATER)
    assert load(desk, newer.id).catalogue.industry.name == "饭店"
    assert load(desk, newer.id) is load(desk, newer.id)
    assert "<bpmn:" in newer.diagram or "<definitions" in newer.diagram


def test_an_industry_that_is_not_published_is_not_found(desk: Connection) -> None:
    with pytest.raises(NotFound):
        current(desk, "bakery")


def test_a_deployment_that_does_not_exist_is_not_found(desk: Connection) -> None:
    with pytest.raises(NotFound):
        load(desk, 10**6)


def test_files_are_tried_out_without_being_published(desk: Connection) -> None:
    tried = unpublished(changed(NAMED, "name: 餐饮店", "name: 饭店"), INDUSTRY, NOW)
    assert tried.catalogue.industry.name == "饭店"
    assert count(desk) == 1
