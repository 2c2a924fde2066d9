"""The public guide says what the industry's files say, and nothing that is not for the public."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from engine.deployments import Deployment
from engine.errors import NotFound
from engine.guide.public_guide import PublicGuide, public_guide
from tests.engine.guide.conftest import TODAY

LONG_AGO = date(2020, 5, 1)
INSIDE = ("待核实", "conf", "{", "}", "None", "[A", "[K", "[S")


def texts(value: object) -> Iterator[str]:
    """Every text at any depth."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from (text for each in fields(value) for text in texts(getattr(value, each.name)))
    elif isinstance(value, tuple):
        yield from (text for each in value for text in texts(each))


def guide_of(deployment: Deployment) -> PublicGuide:
    return public_guide(deployment, TODAY)


def test_every_item_is_in_the_guide_with_its_law_decider_and_days(deployment: Deployment) -> None:
    guide, catalogue = guide_of(deployment), deployment.catalogue
    assert [each.id for each in guide.items] == [entry.id for entry in catalogue.industry.items]
    for each in guide.items:
        item = catalogue.item(each.id)
        assert each.basis == tuple(map(str, item.basis)) and all(each.basis)
        assert (each.committed_days, each.statutory_days) == (item.committed_days, item.statutory_days)
        assert each.authority.endswith(catalogue.department(item.authority).name)
        assert len(each.conditions) == len(item.checklist)


def test_a_material_is_listed_once_with_all_items_that_use_it(deployment: Deployment) -> None:
    guide = guide_of(deployment)
    names = [each.name for each in guide.materials]
    assert len(set(names)) == len(names) <= guide.before_merging
    items = {item.name for item in guide.items}
    assert all(each.used_for and set(each.used_for) <= items for each in guide.materials)
    assert guide.to_bring == sum(each.bring for each in guide.materials)


def test_every_special_stage_says_time_law_price_and_whether_it_counts(deployment: Deployment) -> None:
    guide, catalogue = guide_of(deployment), deployment.catalogue
    own = [each for each in guide.special if each.item]
    assert len(own) == sum(len(item.special) for item in catalogue.items.values())
    assert all(each.time and each.basis for each in guide.special)
    assert {each.charged for each in guide.special} <= {"收费", "不收费"}
    assert {each.counted for each in guide.special} <= {"计入", "不计入"}


def test_every_persons_step_of_the_diagram_is_in_the_flow(deployment: Deployment) -> None:
    said = {step.title for stage in guide_of(deployment).stages for step in stage.steps}
    assert said == {step.title for step in deployment.model.steps.values() if step.kind == "user"}


def test_the_public_reads_no_mark_no_brace_and_no_code(deployment: Deployment) -> None:
    found = {text: word for text in texts(guide_of(deployment)) for word in INSIDE if word in text}
    assert found == {}


def test_the_brief_guide_names_every_item_and_every_thing_to_bring(deployment: Deployment) -> None:
    guide = guide_of(deployment)
    said = "；".join(words for _, words in guide.brief).split("；")
    assert {item.name for item in guide.items} <= set(said)
    assert {each.name for each in guide.materials if each.bring} <= set(said)


def test_the_questions_that_are_often_asked_are_answered(deployment: Deployment) -> None:
    assert len(guide_of(deployment).faq) >= 2


def test_the_guide_of_a_region_names_its_offices(restaurant: Deployment) -> None:
    guide = public_guide(restaurant, TODAY, "370303")
    assert [each.office for each in guide.windows] == ["张店区行政审批服务局"]
    assert all(each.authority.startswith(("张店区", "淄博市")) for each in guide.items)


def test_an_unknown_region_is_not_found(restaurant: Deployment) -> None:
    with pytest.raises(NotFound):
        public_guide(restaurant, TODAY, "999999")


def test_the_guide_of_an_earlier_day_states_the_law_of_that_day(restaurant: Deployment) -> None:
    then = {each.id: each.statutory_days for each in public_guide(restaurant, LONG_AGO).items}
    now = {each.id: each.statutory_days for each in guide_of(restaurant).items}
    assert then != now
    assert then == {id: restaurant.catalogue.as_of(LONG_AGO).item(id).statutory_days for id in then}


def test_the_same_deployment_gives_the_same_guide(restaurant: Deployment) -> None:
    assert guide_of(restaurant) == guide_of(replace(restaurant))
    assert hash(guide_of(restaurant)) == hash(guide_of(replace(restaurant)))
