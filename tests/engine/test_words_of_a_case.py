"""What is read off a case: its status, its facts for conditions, its offices, and when steps fall due."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from engine.assignment import Office, office_of
from engine.cases import Case, CaseItem
from engine.catalogue import Catalogue
from engine.deployments import Deployment, unpublished
from engine.facts import MEANINGS, NAMES, facts_of
from engine.limits import DaysLater, due_at
from engine.status import status_of
from engine.workflow import Step
from tests.filing import INDUSTRY, NOW, files

NEW = Case(
    id=1,
    number="370303-YYZ-20261123-0001",
    industry=INDUSTRY,
    region="370303",
    deployment_id=1,
    applicant_id=1,
    operator="春和餐饮",
    status="submitted",
    accepted=None,
    guide={"area": 420},
    state=b"",
    version=1,
    last_seq=0,
    last_hash="",
    submitted_at=NOW,
    ended_at=None,
    uscc="91370303MA3T00017Y",
    subject_id=1,
    process="",
    parent_id=None,
    words={},
    items={"food_operation": CaseItem("food_operation", True), "signboard": CaseItem("signboard", False)},
)


@pytest.fixture(scope="module")
def deployment() -> Deployment:
    return unpublished(files(), INDUSTRY, NOW)


def decided(*outcomes: str | None, accepted: bool | None = True) -> Case:
    items = [CaseItem(f"item_{n}", True, outcome=outcome) for n, outcome in enumerate(outcomes)]
    return replace(NEW, accepted=accepted, items={item.item: item for item in items})


@pytest.mark.parametrize(
    ("acts", "word"),
    [
        ({"accept"}, "submitted"),
        ({"accept", "remind"}, "submitted"),
        ({"review"}, "reviewing"),
        ({"arrange"}, "visiting"),
        ({"confirm", "name"}, "visiting"),
        ({"inspect"}, "visiting"),
        ({"rectify"}, "rectifying"),
        ({"reinspect"}, "reinspecting"),
        ({"announce"}, "announcing"),
        ({"hear"}, "hearing"),
        ({"announce", "decide"}, "announcing"),
        ({"decide"}, "deciding"),
        ({"license"}, "deciding"),
        ({"decide", "license"}, "deciding"),
        ({"issue"}, "issuing"),
        ({"notify"}, "issuing"),
        ({"decide", "review"}, "reviewing"),
    ],
)
def test_the_earliest_act_that_waits_names_the_status(acts: set[str], word: str) -> None:
    assert status_of(NEW, acts, False) == word


@pytest.mark.parametrize(
    ("acts", "word"),
    [
        ({"decide"}, "announcing"),
        (set(), "announcing"),
        ({"hear", "decide"}, "hearing"),
        ({"issue"}, "issuing"),
    ],
)
def test_an_announcement_lasts_until_its_hearing_whatever_is_decided_meanwhile(
    acts: set[str], word: str
) -> None:
    assert status_of(replace(NEW, status="announcing"), acts, False) == word


@pytest.mark.parametrize("acts", [set(), {"remind"}, {"unknown"}])
def test_an_act_that_says_nothing_leaves_the_status(acts: set[str]) -> None:
    assert status_of(replace(NEW, status="deciding"), acts, False) == "deciding"


@pytest.mark.parametrize(
    ("outcomes", "word"),
    [
        (("granted", "granted"), "granted"),
        (("granted", "refused"), "partly_granted"),
        (("granted", None), "partly_granted"),
        (("refused", "refused"), "refused"),
        ((None,), "refused"),
    ],
)
def test_the_outcomes_name_how_a_case_ended(outcomes: tuple[str | None, ...], word: str) -> None:
    assert status_of(decided(*outcomes), set(), True) == word


def test_a_case_that_was_not_accepted_ended_so() -> None:
    assert status_of(decided(None, accepted=False), set(), True) == "not_accepted"


def test_the_facts_have_exactly_the_names_that_designers_are_told(deployment: Deployment) -> None:
    assert facts_of(NEW, deployment.model.steps, NOW).keys() == NAMES == MEANINGS.keys()


def test_a_new_case_s_facts_are_all_there_and_empty(deployment: Deployment) -> None:
    facts = facts_of(NEW, deployment.model.steps, NOW)
    assert facts["items"] == ["food_operation", "signboard"]
    assert (facts["accepted"], facts["any_granted"], facts["visit_needed"]) == (False, False, True)
    assert (facts["opinions"], facts["findings"], facts["outcomes"]) == ({}, {}, {})
    assert facts["answers"] == {"area": 420}


def test_facts_follow_what_was_said(deployment: Deployment) -> None:
    food = CaseItem("food_operation", True, "disagree", "fail", "refused")
    sign = CaseItem("signboard", False, "agree", None, "granted")
    said = replace(NEW, items={"food_operation": food, "signboard": sign})
    facts = facts_of(replace(said, accepted=True), deployment.model.steps, NOW)
    assert facts["accepted"] is True
    assert facts["opinions"] == {"food_operation": "disagree", "signboard": "agree"}
    assert facts["findings"] == {"food_operation": "fail"}
    assert facts["outcomes"] == {"food_operation": "refused", "signboard": "granted"}
    assert (facts["any_granted"], facts["visit_needed"]) == (True, False)


def test_a_refused_acceptance_is_not_accepted(deployment: Deployment) -> None:
    refused = replace(NEW, accepted=False)
    assert facts_of(refused, deployment.model.steps, NOW)["accepted"] is False


def test_a_step_s_due_moment_is_a_fact_and_a_step_without_limit_has_none(deployment: Deployment) -> None:
    due = facts_of(NEW, deployment.model.steps, NOW)["due"]
    assert isinstance(due, Mapping)
    moment = due_at(deployment.model.steps["accept"].limit, NOW)
    assert moment is not None and due["accept"] == moment.isoformat()
    unlimited = next(name for name, step in deployment.model.steps.items() if step.limit is None)
    with pytest.raises(KeyError):
        due[unlimited]
    assert unlimited not in list(due) and len(list(due)) == len(due)


@pytest.mark.parametrize(
    ("limit", "entered", "due"),
    [
        (1, datetime(2026, 11, 23, 1, 30, tzinfo=UTC), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        (1, datetime(2026, 11, 27, 1, 30, tzinfo=UTC), datetime(2026, 11, 30, 9, 0, tzinfo=UTC)),
        (1, datetime(2026, 11, 22, 16, 30, tzinfo=UTC), datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        (3, datetime(2026, 9, 30, 1, 0, tzinfo=UTC), datetime(2026, 10, 10, 9, 0, tzinfo=UTC)),
    ],
    ids=[
        "the next day",
        "over a weekend",
        "entered on the local next day",
        "over a holiday to the Saturday made up for it",
    ],
)
def test_a_limit_counts_working_days_to_the_close_of_offices(
    limit: int, entered: datetime, due: datetime
) -> None:
    assert due_at(limit, entered) == due


@pytest.mark.parametrize(
    ("days", "entered", "over"),
    [
        (10, datetime(2026, 11, 23, 1, 30, tzinfo=UTC), datetime(2026, 12, 3, 9, 0, tzinfo=UTC)),
        (10, datetime(2026, 11, 22, 16, 30, tzinfo=UTC), datetime(2026, 12, 3, 9, 0, tzinfo=UTC)),
        (10, datetime(2026, 11, 25, 1, 30, tzinfo=UTC), datetime(2026, 12, 7, 9, 0, tzinfo=UTC)),
        (10, datetime(2026, 9, 24, 1, 30, tzinfo=UTC), datetime(2026, 10, 8, 9, 0, tzinfo=UTC)),
    ],
    ids=["plain", "entered on the local next day", "ends on a Saturday", "ends in a long holiday"],
)
def test_a_wait_counts_calendar_days_and_ends_on_a_working_day(
    days: int, entered: datetime, over: datetime, deployment: Deployment
) -> None:
    waits = facts_of(NEW, deployment.model.steps, entered)["days_later"]
    assert isinstance(waits, DaysLater)
    assert datetime.fromisoformat(waits[days]) == over


@pytest.mark.parametrize("days", [0, -1, 4000, "10", None])
def test_a_wait_of_no_possible_length_is_no_moment(days: object) -> None:
    with pytest.raises(KeyError):
        DaysLater(NOW)[days]  # type: ignore[index]  # what a designer may write


def test_a_granted_stage_alone_is_nothing_to_print(deployment: Deployment) -> None:
    steps = {id: step for id, step in deployment.model.steps.items() if step.item != "signboard"}
    assert "license" in {step.act for step in steps.values()}
    granted = replace(NEW, items={"signboard": CaseItem("signboard", False, outcome="granted")})
    assert facts_of(granted, deployment.model.steps, NOW)["any_granted"] is True
    assert facts_of(granted, steps, NOW)["any_granted"] is False


def test_no_limit_is_no_moment() -> None:
    assert due_at(None, NOW) is None


def step_of(deployment: Deployment, name: str) -> Step:
    return deployment.model.steps[name]


@pytest.mark.parametrize(
    ("step", "office"),
    [
        ("accept", Office("window", "approval", "370303")),
        ("review_food_operation", Office("clerk", "market", "370303")),
        ("decide_food_operation", Office("clerk", "approval", "370303")),
        ("review_fire_check", Office("clerk", "fire", "370303")),
        ("decide_fire_check", Office("clerk", "fire", "370303")),
        ("inspect", Office("inspector", "approval", "370303")),
    ],
)
def test_the_reviewer_examines_and_the_authority_decides(
    deployment: Deployment, step: str, office: Office
) -> None:
    assert office_of(step_of(deployment, step), deployment.catalogue, "370303") == office


def test_a_city_s_item_goes_to_the_city_and_the_rest_stays_in_the_district(deployment: Deployment) -> None:
    catalogue = deployment.catalogue
    items = {**catalogue.items, "fire_check": replace(catalogue.item("fire_check"), level="city")}
    city: Catalogue = replace(catalogue, items=items)
    assert city.region_for("fire_check", "370303") == "370300"
    assert city.region_for("fire_check", "370300") == "370300"
    assert city.region_for("food_operation", "370303") == "370303"
    assert office_of(step_of(deployment, "review_fire_check"), city, "370303").region == "370300"
    assert office_of(step_of(deployment, "review_food_operation"), city, "370303").region == "370303"


def test_a_step_without_an_item_in_a_lane_of_the_city_goes_to_the_city(deployment: Deployment) -> None:
    catalogue = deployment.catalogue
    window = replace(catalogue.lane("综合窗口"), level="city")
    city = replace(catalogue, lanes={**catalogue.lanes, "综合窗口": window})
    accept = step_of(deployment, "accept")
    assert office_of(accept, city, "370303") == Office("window", "approval", "370300")
    assert office_of(accept, city, "370300") == Office("window", "approval", "370300")
