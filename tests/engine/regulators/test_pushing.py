"""The office that supervises a licence is told of it with the issue of its certificate, each change once."""

from datetime import timedelta

from sqlalchemy import Connection, func, select, update

from certificates.life.history import REVOKED, Cause
from certificates.life.writing import Change, write
from certificates.register import issue
from engine.events import SYSTEM
from engine.people import User
from engine.queries.pushes import ALL, Push, pushed, pushes_of_case
from engine.regulators.pushing import push
from engine.tables import licences, pushes
from tests.engine.clerks import People, case_of
from tests.filing import NOW

FOOD, FIRE = "food_operation", "fire_check"


def told(db: Connection, number: str) -> dict[str, Push]:
    """What was told of a case, by item."""
    return {each.item: each for each in pushes_of_case(db, case_of(db, number).id)}


def licence_of(db: Connection, number: str, item: str) -> int:
    query = select(licences.c.id).where(licences.c.case_id == case_of(db, number).id, licences.c.item == item)
    return int(db.execute(query).scalar_one())


def seen_by(db: Connection, user: User) -> set[str]:
    return {row.item for row in pushed(db, user, ALL).rows}


def test_each_licence_is_told_to_its_own_regulator_with_the_issue(desk: Connection, granted: str) -> None:
    rows = desk.execute(select(pushes).where(pushes.c.case_id == case_of(desk, granted).id)).all()
    offices = {(row.item, row.kind, row.department, row.region) for row in rows}
    assert offices == {(FOOD, "granted", "market", "370303"), (FIRE, "granted", "fire", "370303")}


def test_it_says_what_was_granted_why_and_on_which_materials(desk: Connection, granted: str) -> None:
    content = told(desk, granted)[FOOD].content
    assert (content["outcome"], content["document"], content["state"]) == (
        "granted",
        "食品经营许可证",
        "valid",
    )
    assert content["opinion"]["word"] == "agree"
    assert content["opinion"]["office"] == "张店区市场监督管理局"
    assert content["finding"] == "pass"
    assert "营业执照" not in content["materials"], "it was shared, not handed in"
    assert len(content["materials"]) == len(set(content["materials"])) > 1
    assert content["certificate"] and len(content["public_id"]) == 10
    assert (content["valid_from"], content["valid_until"]) == ("2026-11-23", "2031-11-22")


def test_it_names_nobody_but_whom_the_paper_names(desk: Connection, granted: str) -> None:
    for each in told(desk, granted).values():
        said = str(each.content)
        assert "张春和" in said
        for personal in ("370303190001010016", "13805335678", "王安全", "13805331234"):
            assert personal not in said


def test_it_is_to_be_claimed_within_two_working_days(desk: Connection, granted: str) -> None:
    assert told(desk, granted)[FOOD].claim_by.isoformat() == "2026-11-25"  # told on a Monday


def test_the_same_change_is_told_once_and_another_one_again(desk: Connection, granted: str) -> None:
    food = licence_of(desk, granted, FOOD)
    first = desk.execute(select(pushes.c.change).where(pushes.c.licence_id == food)).scalar_one()
    assert push(desk, licence_id=food, kind="granted", change=first, now=NOW + timedelta(days=1)) is None
    assert push(desk, licence_id=food, kind="changed", change="7", now=NOW) is not None
    assert push(desk, licence_id=food, kind="changed", change="7", now=NOW) is None
    assert push(desk, licence_id=food, kind="changed", change="8", now=NOW) is not None


def test_a_later_change_says_the_state_of_its_day_and_leaves_what_was_told_before(
    desk: Connection, granted: str
) -> None:
    food = licence_of(desk, granted, FOOD)
    on = desk.execute(select(licences.c.certificate_id).where(licences.c.id == food)).scalar_one()
    cause = Cause("撤销食品经营许可证", SYSTEM, None, NOW)
    write(desk, on, [Change(food, REVOKED, {"state": REVOKED})], cause)
    states = [
        each.content["state"] for each in pushes_of_case(desk, case_of(desk, granted).id) if each.item == FOOD
    ]
    assert states == ["valid", "revoked"]


def test_a_licence_without_a_certificate_is_told_of_with_the_first_issue(
    desk: Connection, granted: str
) -> None:
    food = licence_of(desk, granted, FOOD)
    desk.execute(update(licences).where(licences.c.id == food).values(certificate_id=None))
    assert push(desk, licence_id=food, kind="changed", change="1", now=NOW) is None


def test_another_issue_tells_nobody_anything_new(desk: Connection, granted: str) -> None:
    case, count = case_of(desk, granted), select(func.count()).select_from(pushes)
    before = desk.execute(count).scalar_one()
    desk.execute(update(licences).values(scope="热食类制售"))
    made = issue(
        desk,
        case_id=case.id,
        department="approval",
        reason="变更许可范围",
        now=NOW,
        random_bytes=lambda n: bytes(n),
    )
    assert made.issue == 2
    assert desk.execute(count).scalar_one() == before


def test_an_office_sees_what_it_was_told_and_nothing_of_others(
    desk: Connection, granted: str, people: People
) -> None:
    assert seen_by(desk, people["regulator"]) == {"食品经营许可"}
    assert len(seen_by(desk, people["fire_regulator"])) == 1
    assert seen_by(desk, people["fire_regulator"]).isdisjoint(seen_by(desk, people["regulator"]))
    for login in ("regulator_elsewhere", "market", "supervisor", "window", "applicant"):
        assert seen_by(desk, people[login]) == set()
