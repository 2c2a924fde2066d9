"""A regulator's advice to revoke a licence is carried to its end: decided, issued anew, and told."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, select

from certificates.feedback import REVOKE as ADVISED
from certificates.feedback import Found, give_feedback
from certificates.public import read_public
from engine.database import run, transaction
from engine.errors import Invalid
from engine.tables import cases, feedback, letters, pushes
from tests.certificates.life.holders import certificate_of, licence_of, settle
from tests.certificates.life.lives import holds_together, issues_of, newest, states
from tests.certificates.life.test_proposing import REVOKE, Town
from tests.filing import NOW

LATER = NOW + timedelta(days=14)  # when the holder has had time to state their view
FOUND = Found(ADVISED, "许可是用假材料骗来的。", "行政许可法第六十九条第二款")


@pytest.fixture
def advised(engine: Engine, town: Town) -> str:
    """The number of the case that the advice about the food licence started."""
    people, public_id = town
    with transaction(engine) as db:
        food = str(licence_of(db, public_id, "food_operation"))
    said = {"public_id": public_id, "licence": food, "found": FOUND, "now": NOW}
    run(engine, partial(give_feedback, user=people["regulator"], **said))
    query = select(cases.c.number).join(feedback, feedback.c.started_id == cases.c.id)
    with transaction(engine) as db:
        return str(db.execute(query).scalar_one())


def told_of_food(engine: Engine) -> list[tuple[str, str, str]]:
    """Kind, office and state of everything that was told of the food licence."""
    query = select(pushes).where(pushes.c.item == "food_operation").order_by(pushes.c.id)
    with transaction(engine) as db:
        return [(row.kind, row.department, str(row.content["state"])) for row in db.execute(query)]


def test_advice_to_revoke_ends_in_a_new_issue_without_the_licence_and_the_regulator_is_told(
    engine: Engine, town: Town, advised: str
) -> None:
    people, public_id = town
    case = settle(engine, people, advised, LATER, approval=REVOKE)
    assert ("-CX-" in case.number, case.status) == (True, "revoked")
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        assert sorted(states(db, certificate)) == ["revoked", "valid"]
        assert len(issues_of(db, certificate)) == 2
        assert not [line for line in newest(db, certificate).licences if "食品" in line.item]
        holds_together(db, certificate, {})
        found = read_public(db, public_id, LATER)
        assert found is not None and (found.state, [line.state for line in found.earlier]) == (
            "有效",
            ["已撤销"],
        )
        written = db.execute(
            select(letters.c.kind, letters.c.content).where(letters.c.case_id == case.id)
        ).all()
    assert {row.kind for row in written} == {"revocation_notice", "revocation"}
    assert any("假材料" in str(row.content) for row in written if row.kind == "revocation_notice")
    assert told_of_food(engine) == [("granted", "market", "valid"), ("revoked", "market", "revoked")]


def test_advice_that_the_decider_does_not_follow_leaves_the_licence_as_it_was(
    engine: Engine, town: Town, advised: str
) -> None:
    keep = {"outcome": "keep", "statement": "材料属实。", "reasons": "查无实据。"}
    assert settle(engine, town[0], advised, LATER, approval=keep).status == "not_revoked"
    with transaction(engine) as db:
        assert states(db, certificate_of(db, town[1])) == ["valid", "valid"]
    assert told_of_food(engine) == [("granted", "market", "valid")]


@pytest.mark.parametrize("where", ["words", "law"])
def test_advice_that_no_letter_can_print_is_refused_and_one_in_lines_is_taken(
    engine: Engine, town: Town, where: str
) -> None:
    people, public_id = town
    with transaction(engine) as db:
        food = str(licence_of(db, public_id, "food_operation"))
    give = partial(give_feedback, user=people["regulator"], public_id=public_id, licence=food, now=NOW)
    with pytest.raises(Invalid) as refused:
        run(engine, partial(give, found=replace(FOUND, **{where: "\uf0b7 用假材料骗来的。"})))
    assert list(refused.value.errors) == [where] and "U+F0B7" in refused.value.errors[where]
    lines = replace(FOUND, **{where: "一、用假材料骗来的。\r\n二、拒不改正。"})
    given = run(engine, partial(give, found=lines))
    with transaction(engine) as db:
        row = db.execute(select(feedback).where(feedback.c.id == given)).one()
    assert row._mapping[where] == "一、用假材料骗来的。\n二、拒不改正。" and row.started_id is not None
