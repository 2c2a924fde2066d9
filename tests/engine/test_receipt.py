"""The window accepts, refuses single items or all, and has accepted when it says nothing."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, select

from engine.cases import Case
from engine.commands.fire_timers import fire_due
from engine.database import transaction
from engine.deployments import load
from engine.errors import Invalid
from engine.limits import receipt_ends
from engine.receipt import accept
from engine.said import Said
from engine.tables import case_items, events, letters, tasks
from engine.workflow import Step
from tests.engine.clerks import People, carry, case_of, finish, read
from tests.filing import NOW, file_case, open_steps, run_machines, waiting

WHY = "场地不需要取得这项许可，依据有关规定。"
SIGN, FOOD, FIRE = "signboard", "food_operation", "fire_check"
NOT_NEEDED = {"ground": "not_needed", "reasons": WHY}


@pytest.fixture(scope="module")
def filed(engine: Engine, people: People) -> str:
    """A case that waits at the window; tests work on it in a transaction rolled back."""
    return file_case(engine, people)


def refuse(desk: Connection, people: People, filed: str, *items: str, **form: object) -> Case:
    finish(desk, people, filed, "accept", outcome="accept", refused_items=list(items), **form)
    return case_of(desk, filed)


def told(desk: Connection, case: Case) -> dict[str, tuple[str, str]]:
    """The letters of a case: kind → item, and everything that stands in it."""
    rows = desk.execute(select(letters).where(letters.c.case_id == case.id))
    return {row.kind: (row.item, json.dumps(row.content, ensure_ascii=False)) for row in rows}


def test_one_item_is_refused_and_the_others_go_on(desk: Connection, people: People, filed: str) -> None:
    case = refuse(desk, people, filed, SIGN, **NOT_NEEDED)
    assert case.accepted is True and case.status == "reviewing"
    assert {item: each.outcome for item, each in case.items.items() if each.outcome} == {SIGN: "not_accepted"}
    assert case.words["receipt"] == "accept" and case.words["ground"] == "not_needed"
    assert "review_signboard" not in waiting(desk, filed) and "review_food_operation" in waiting(desk, filed)
    row = desk.execute(
        select(case_items).where(case_items.c.case_id == case.id, case_items.c.item == SIGN)
    ).one()
    assert row.reasons == WHY and row.decided_by == people["window"].id


def test_an_item_that_needs_a_refused_one_must_be_refused_too(desk: Connection, filed: str) -> None:
    case = case_of(desk, filed)
    catalogue = load(desk, case.deployment_id).catalogue
    needing = replace(catalogue.item(FOOD), needs={FIRE: "decide"})
    changed = replace(catalogue, items={**catalogue.items, FOOD: needing})
    step = Step("accept", "受理审查", "user", "acceptance", act="accept")

    def refuse(*items: str) -> Said:
        return accept(case, step, {"outcome": "accept", "refused_items": list(items), **NOT_NEEDED}, changed)

    with pytest.raises(Invalid) as said:
        refuse(FIRE)
    words = said.value.errors["refused_items"]
    assert needing.name in words and changed.item(FIRE).name in words
    assert set(refuse(FIRE, FOOD).items) == {FIRE, FOOD}
    assert set(refuse(FOOD).items) == {FOOD}


def test_refusing_every_item_is_refusing_the_whole(desk: Connection, people: People, filed: str) -> None:
    case = refuse(desk, people, filed, *case_of(desk, filed).items, **NOT_NEEDED)
    assert (case.accepted, case.status, case.words["receipt"]) == (False, "not_accepted", "refuse")
    assert case.ended_at is not None and waiting(desk, filed) == {}
    assert {each.outcome for each in case.items.values()} == {"not_accepted"}


def test_what_is_not_ours_is_refused_at_once_and_the_right_body_named(
    desk: Connection, people: People, filed: str
) -> None:
    body = "桓台县行政审批服务局"
    form = {"ground": "not_ours", "right_body": body, "reasons": "店面在桓台县。"}
    finish(desk, people, filed, "accept", outcome="refuse", **form)
    case = case_of(desk, filed)
    assert case.words["right_body"] == body
    assert any(body in words and "店面在桓台县" in words for _, words in told(desk, case).values())


def test_without_a_right_body_nothing_is_refused_as_not_ours(
    desk: Connection, people: People, filed: str
) -> None:
    with pytest.raises(Invalid) as said:
        finish(desk, people, filed, "accept", outcome="refuse", ground="not_ours", reasons="店面在桓台县。")
    assert set(said.value.errors) == {"right_body"}


def silent(engine: Engine, number: str, now: datetime) -> None:
    fire_due(engine, read(engine, number).id, now)
    run_machines(engine, number)


def test_a_window_that_says_nothing_for_five_days_has_accepted(town: Engine, people: People) -> None:
    number = file_case(town, people)
    end = receipt_ends(NOW)
    silent(town, number, end - timedelta(seconds=1))
    assert read(town, number).accepted is None
    silent(town, number, end)
    case = read(town, number)
    assert case.accepted is True and case.words["receipt"] == "silence" and case.status == "reviewing"
    assert "accept" not in open_steps(town, number)
    with transaction(town) as db:
        log = db.execute(select(events.c.payload).where(events.c.case_id == case.id)).scalars().all()
        assert any("accepted_by_silence" in line for line in log)
        said = [words for _, words in told(db, case).values() if "第三十二条" in words]
        assert any("受理" in words and "之日起" in words for words in said)
    carry(town, people, number)
    assert read(town, number).status == "granted"


def test_silence_and_the_window_at_once_accept_once(town: Engine, people: People) -> None:
    number = file_case(town, people)
    with transaction(town) as db:
        finish(db, people, number, "accept")
    silent(town, number, receipt_ends(NOW) + timedelta(days=1))
    case = read(town, number)
    assert case.words["receipt"] == "accept"
    with transaction(town) as db:
        done = select(tasks.c.outcome).where(tasks.c.case_id == case.id, tasks.c.act == "silence")
        assert db.execute(done).scalars().all() == []
