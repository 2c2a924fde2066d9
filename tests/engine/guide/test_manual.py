"""The operating manual holds every step of the diagram and every item of the industry, computed."""

from engine.deployments import Deployment
from engine.guide.manual import Manual, manual
from tests.engine.guide.conftest import TODAY
from tests.engine.guide.test_public_guide import texts


def manual_of(deployment: Deployment) -> Manual:
    return manual(deployment, TODAY)


def test_every_step_of_the_diagram_is_in_the_manual(deployment: Deployment) -> None:
    found = manual_of(deployment)
    reminded = {title for step in found.steps for each in step.reminders for title in each.then}
    steps = deployment.model.steps.values()
    assert {step.title for step in steps} == {step.title for step in found.steps} | reminded


def test_every_step_leads_on_or_to_an_end(deployment: Deployment) -> None:
    found = manual_of(deployment)
    titles = {step.title for step in found.steps}
    for step in found.steps:
        assert step.follows, step.title
        for follow in step.follows:
            assert set(follow.then) <= (set(found.ends) if follow.ends else titles)


def test_somebody_or_the_system_does_every_step(deployment: Deployment) -> None:
    for step in manual_of(deployment).steps:
        assert bool(step.system) != bool(step.days), step.title
        assert step.who


def test_a_step_stands_behind_those_that_lead_to_it(restaurant: Deployment) -> None:
    steps = manual_of(restaurant).steps
    number = {step.title: step.number for step in steps}
    turning = {"correct", "confirm", "name", "agree"}  # after these an earlier step may come again
    back = {step.title for step in restaurant.model.steps.values() if step.act in turning}
    forward = [(before, step) for step in steps for before in step.before if before not in back]
    assert all(number[before] < step.number for before, step in forward)


def test_every_item_is_in_the_manual_with_its_points_laws_and_number(deployment: Deployment) -> None:
    found, catalogue = manual_of(deployment), deployment.catalogue
    assert [each.guide.id for each in found.items] == [entry.id for entry in catalogue.industry.items]
    for each in found.items:
        item = catalogue.item(each.guide.id)
        assert bool(each.number) == (item.licence is not None), item.id
        assert each.materials and all(point.basis for point in each.asked)


def test_a_reviewer_reads_the_points_of_the_item_with_their_law(deployment: Deployment) -> None:
    catalogue = deployment.catalogue
    by_id = {step.id: step for step in manual_of(deployment).steps}
    for step in deployment.model.steps.values():
        if step.act == "review" and step.item:
            points = [(each.text, each.basis) for each in by_id[step.id].checks]
            assert points == [(each.text, each.basis) for each in catalogue.item(step.item).checklist]


def test_every_form_that_a_step_asks_for_is_printed_once(deployment: Deployment) -> None:
    found = manual_of(deployment)
    titles = [sheet.title for sheet in found.sheets]
    assert len(set(titles)) == len(titles)
    assert {step.sheet for step in found.steps if step.sheet} == set(titles)


def test_the_manual_says_no_code_and_no_mark(deployment: Deployment) -> None:
    plain = [text for text in texts(manual_of(deployment)) if text]
    assert not [text for text in plain if "待核实" in text or "{" in text or " in items" in text]
