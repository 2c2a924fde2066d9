"""A holder asks for a change: the licences that it touches say who decides, and all change at once."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine, select

from certificates.life.changing import NOTHING_NEW, ask_change
from certificates.life.history import RESUMED, SUSPENDED, Cause
from certificates.life.possible import NotNow
from certificates.life.writing import Change, write
from engine.commands.withdraw import withdraw
from engine.database import run, transaction
from engine.errors import Invalid, NotFound
from engine.events import SYSTEM
from engine.tables import cases, letters, messages, tasks
from tests.certificates.life.holders import DECLINE, People, certificate_of, licence_of, settle
from tests.certificates.life.lives import holds_together, issues_of, licences_of, newest, row_of
from tests.filing import ANSWERS, NOW

STANDS = {name: str(ANSWERS[name]) for name in ("ent_name", "legal_rep", "op_address")}
NEW_NAME = {**STANDS, "ent_name": "淄博张店秋实餐饮有限公司"}
ELSEWHERE = {**STANDS, "op_address": "淄博市张店区人民路1号"}


def ask(
    engine: Engine, town: tuple[People, str], raw: Mapping[str, str | list[str]], licence: int | None = None
) -> str:
    people, public_id = town
    return run(
        engine,
        lambda db: ask_change(
            db, user=people["applicant"], public_id=public_id, licence=licence, raw=raw, evidence=(), now=NOW
        ),
    )


def open_departments(engine: Engine, number: str) -> list[tuple[str, str]]:
    query = select(tasks.c.act, tasks.c.department).join_from(tasks, cases).where(cases.c.number == number)
    with transaction(engine) as db:
        rows = db.execute(query.where(tasks.c.state == "open").order_by(tasks.c.department))
        return [(row.act, row.department) for row in rows]


def test_a_new_name_is_noted_by_each_authority_and_then_stands_on_one_new_issue(
    engine: Engine, town: tuple[People, str]
) -> None:
    people, public_id = town
    number = ask(engine, town, NEW_NAME)
    assert number == "370303-BG-20261123-0001"
    assert open_departments(engine, number) == [("settle", "approval"), ("settle", "fire")]
    case = settle(engine, people, number)
    assert case.status == "changed"
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        assert [each.reason for each in issues_of(db, certificate)] == ["首次签发", "变更市场主体名称"]
        assert newest(db, certificate).operator == "淄博张店秋实餐饮有限公司"
        holds_together(db, certificate, {})
        kinds = db.execute(select(letters.c.kind, letters.c.item).where(letters.c.case_id == case.id)).all()
        assert sorted(map(tuple, kinds)) == [("change", "fire_check"), ("change", "food_operation")]
        told = db.execute(select(messages.c.kind).where(messages.c.case_id == case.id)).scalars()
        assert set(told) == {"life_asked", "changed"}


def test_an_address_is_reviewed_first(engine: Engine, town: tuple[People, str]) -> None:
    number = ask(engine, town, ELSEWHERE)
    assert open_departments(engine, number) == [("examine", "fire"), ("examine", "market")]
    assert settle(engine, town[0], number).status == "changed"


def test_one_refusal_refuses_the_change_of_all_and_says_why(engine: Engine, town: tuple[People, str]) -> None:
    people, public_id = town
    case = settle(engine, people, ask(engine, town, NEW_NAME), fire=DECLINE)
    assert case.status == "not_changed"
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        assert len(issues_of(db, certificate)) == 1
        assert row_of(db, certificate).operator == STANDS["ent_name"]
        found = db.execute(select(letters.c.kind, letters.c.item).where(letters.c.case_id == case.id)).all()
        assert [tuple(each) for each in found] == [("life_refusal", "fire_check")]


def test_the_scope_of_one_licence_concerns_its_own_offices(engine: Engine, town: tuple[People, str]) -> None:
    with transaction(engine) as db:
        food = licence_of(db, town[1], "food_operation")
    number = ask(engine, town, {"food_items": ["热食类制售"]}, food)
    assert open_departments(engine, number) == [("examine", "market")]
    settle(engine, town[0], number)
    with transaction(engine) as db:
        lines = newest(db, certificate_of(db, town[1])).licences
    assert [line.scope for line in lines if "食品" in line.item] == ["热食类制售"]


def test_what_stands_already_is_no_change(engine: Engine, town: tuple[People, str]) -> None:
    with pytest.raises(Invalid) as refused:
        ask(engine, town, STANDS)
    assert refused.value.errors == {"ent_name": NOTHING_NEW}


def test_while_one_change_is_under_way_there_is_no_second(engine: Engine, town: tuple[People, str]) -> None:
    number = ask(engine, town, NEW_NAME)
    with pytest.raises(NotNow, match=number):
        ask(engine, town, ELSEWHERE)


def test_the_holder_withdraws_it_whole_though_one_office_has_agreed(
    engine: Engine, town: tuple[People, str]
) -> None:
    people, public_id = town
    number = ask(engine, town, NEW_NAME)
    run(
        engine,
        lambda db: withdraw(
            db, user=people["applicant"], number=number, items=["fire_check"], reasons="", now=NOW
        ),
    )
    assert settle(engine, people, number).status == "withdrawn"
    with transaction(engine) as db:
        assert len(issues_of(db, certificate_of(db, public_id))) == 1


def test_nobody_else_may_ask(engine: Engine, town: tuple[People, str]) -> None:
    people, public_id = town
    other = {**people, "applicant": people["other_applicant"]}
    with pytest.raises(NotFound):
        ask(engine, (other, public_id), NEW_NAME)


def test_what_changes_while_all_licences_are_suspended_stands_on_the_next_issue(
    engine: Engine, town: tuple[People, str]
) -> None:
    people, public_id = town
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        rows = licences_of(db, certificate)
        stop = [Change(row.id, SUSPENDED, {"state": "suspended"}) for row in rows]
        write(db, certificate, stop, Cause("测试", SYSTEM, None, NOW))
    case = settle(engine, people, ask(engine, town, NEW_NAME))
    assert case.status == "changed"
    with transaction(engine) as db:
        assert len(issues_of(db, certificate)) == 1
        written = db.execute(select(letters.c.content).where(letters.c.case_id == case.id)).scalars()
        assert all("换发" not in str(each) for each in written)
        told = db.execute(select(messages.c.text).where(messages.c.kind == "changed")).scalar_one()
        assert "不再使用" not in told
        again = [Change(row.id, RESUMED, {"state": "valid"}) for row in rows]
        write(db, certificate, again, Cause("测试", SYSTEM, None, NOW))
        assert newest(db, certificate).operator == NEW_NAME["ent_name"]
