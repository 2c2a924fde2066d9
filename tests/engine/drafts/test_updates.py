"""An industry published anew: a draft says what changed, keeps every answer, and asks only what it must."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from engine.deployments import current, publish
from engine.drafts import Outdated, move_over, read_draft, ready, states, update_for
from engine.errors import Invalid
from engine.files import Files
from engine.people import User
from tests.engine.drafts.filling import INDUSTRY, NOW, SECTIONS, fill_everything

FOOD = "forms/definitions/fields/food_operation.yaml"
GUIDE = "processes/restaurant/guide.yaml"


def published(db: Connection, files: Files, **changed: str) -> None:
    texts = dict(files)
    for path, text in changed.items():
        texts[path] = text
    publish(db, texts, INDUSTRY, NOW)


@pytest.fixture
def whole(db: Connection, applicant: User, tmp_path: Path) -> str:
    return fill_everything(db, applicant, tmp_path)


def test_a_draft_under_the_newest_rules_has_nothing_to_update(
    db: Connection, applicant: User, whole: str
) -> None:
    assert update_for(db, read_draft(db, applicant, whole, NOW)) is None


def test_a_change_that_does_not_touch_this_form_stops_nobody(
    db: Connection, applicant: User, whole: str, files: Files
) -> None:
    published(db, files, **{FOOD: files[FOOD] + "\n# a comment\n"})
    assert not update_for(db, read_draft(db, applicant, whole, NOW))
    assert ready(db, applicant, whole, NOW).uscc


def test_a_changed_question_is_asked_again_and_all_else_stays(
    db: Connection, applicant: User, whole: str, files: Files
) -> None:
    text = files[FOOD].replace("label: 是否连锁经营", "label: 是否为连锁门店")
    published(db, files, **{FOOD: text})
    update = update_for(db, read_draft(db, applicant, whole, NOW))
    assert update is not None
    assert [section.id for section in update.sections] == ["food_operation"]
    with pytest.raises(Outdated):
        ready(db, applicant, whole, NOW)

    move_over(db, user=applicant, draft=whole, answers={}, now=NOW)
    found = read_draft(db, applicant, whole, NOW)
    assert found.deployment.id == current(db, INDUSTRY).id
    assert {name for name, state in states(found).items() if state != "done"} == {"food_operation"}
    shown = found.inputs(found.section("food_operation"))
    assert shown["food_items"] == SECTIONS["food_operation"]["food_items"]


def test_a_new_question_of_the_guide_is_asked_before_all_else(
    db: Connection, applicant: User, whole: str, files: Files
) -> None:
    new = "  - {id: delivery_only, text: 您是不是只做外卖？, kind: yes_no}\n"
    text = files[GUIDE].replace("\nnot_for:", new + "\nnot_for:")
    published(db, files, **{GUIDE: text})
    update = update_for(db, read_draft(db, applicant, whole, NOW))
    assert update is not None
    assert update.question is not None
    assert update.question.id == "delivery_only"
    with pytest.raises(Invalid):
        move_over(db, user=applicant, draft=whole, answers={}, now=NOW)
    move_over(db, user=applicant, draft=whole, answers={"delivery_only": "no"}, now=NOW)
    assert ready(db, applicant, whole, NOW).guide["delivery_only"] is False


def test_moving_over_twice_is_moving_over_once(
    db: Connection, applicant: User, whole: str, files: Files
) -> None:
    published(db, files, **{FOOD: files[FOOD].replace("是否连锁经营", "是否为连锁门店")})
    assert move_over(db, user=applicant, draft=whole, answers={}, now=NOW)
    assert move_over(db, user=applicant, draft=whole, answers={}, now=NOW) is None
