"""A diagram may wait for something outside; a supervisor says that it happened."""

import pytest
from sqlalchemy import Engine, update

from engine.commands.deliver_message import deliver_message
from engine.database import transaction
from engine.deployments import publish
from engine.errors import NotFound
from engine.queries.cases import staff_case
from engine.queries.incidents import open_incidents
from engine.sweep import sweep
from engine.tables import cases
from tests.engine.clerks import People, carry, finish
from tests.filing import INDUSTRY, NOW, ONLY_FOOD, file_case, files, open_steps

ACCEPTANCE = "processes/shared/acceptance.bpmn"
ARRIVED = "专家意见已收到"
WAITING = f"""
    <bpmn:intermediateCatchEvent id="opinion_arrives" name="{ARRIVED}">
      <bpmn:messageEventDefinition id="opinion_definition" messageRef="opinion_message" />
    </bpmn:intermediateCatchEvent>
    <bpmn:sequenceFlow id="opinion_done" sourceRef="opinion_arrives" targetRef="acceptance_over" />
    <bpmn:sequenceFlow id="acceptance_done_inside" """


@pytest.fixture
def number(town: Engine, people: People) -> str:
    """A case that was accepted and now waits for an expert's opinion."""
    diagram = files()[ACCEPTANCE]
    diagram = diagram.replace('<bpmn:sequenceFlow id="acceptance_done_inside" ', WAITING)
    diagram = diagram.replace(
        'sourceRef="answered" targetRef="acceptance_over"',
        'sourceRef="answered" targetRef="opinion_arrives"',
    )
    message = f'<bpmn:message id="opinion_message" name="{ARRIVED}" />\n  <bpmn:collaboration '
    diagram = diagram.replace("<bpmn:collaboration ", message, 1)
    with transaction(town) as db:
        publish(db, {**files(), ACCEPTANCE: diagram}, INDUSTRY, NOW)
    filed = file_case(town, people, ONLY_FOOD)
    with transaction(town) as db:
        finish(db, people, filed, "accept")
    return filed


def test_the_case_page_names_the_message_that_is_waited_for(
    town: Engine, people: People, number: str
) -> None:
    with transaction(town) as db:
        assert staff_case(db, people["supervisor"], number).messages == [ARRIVED]
    assert open_steps(town, number) == {}


def test_after_the_message_the_case_goes_on_to_its_end(town: Engine, people: People, number: str) -> None:
    with transaction(town) as db:
        deliver_message(db, user=people["supervisor"], number=number, message=ARRIVED, now=NOW)
    assert set(open_steps(town, number)) == {"review_food_operation"}
    carry(town, people, number)
    with transaction(town) as db:
        assert staff_case(db, people["supervisor"], number).status == "granted"


def test_a_message_that_nothing_waits_for_changes_nothing(town: Engine, people: People, number: str) -> None:
    with transaction(town) as db, pytest.raises(NotFound):
        deliver_message(db, user=people["supervisor"], number=number, message="别的消息", now=NOW)


def test_only_a_supervisor_of_the_region_may_say_that_it_happened(
    town: Engine, people: People, number: str
) -> None:
    with transaction(town) as db, pytest.raises(NotFound):
        deliver_message(db, user=people["market"], number=number, message=ARRIVED, now=NOW)


def test_a_case_that_waits_for_a_message_is_not_stuck(town: Engine, people: People, number: str) -> None:
    with transaction(town) as db:
        assert sweep(db, NOW)["stuck"] == 0
        assert open_incidents(db, people["supervisor"]) == ()


def test_a_case_whose_state_cannot_be_read_is_stuck_and_holds_up_no_other(
    town: Engine, people: People, number: str
) -> None:
    with transaction(town) as db:
        db.execute(update(cases).where(cases.c.number == number).values(workflow_state=b"damaged"))
        assert sweep(db, NOW)["stuck"] == 1
