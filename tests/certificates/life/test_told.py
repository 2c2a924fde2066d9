"""What a regulator is told of a change is what happened in the case of the change."""

from functools import partial

from sqlalchemy import Engine, select

from certificates.life.changing import ask_change
from certificates.life.starting import Evidence
from engine.database import run, transaction
from engine.tables import pushes
from engine.uploads import check_upload
from tests.certificates.life.holders import People, settle
from tests.certificates.life.test_changing import ELSEWHERE, NEW_NAME
from tests.filing import NOW, PDF

LEASE = Evidence(check_upload("evidence", "租赁合同.pdf", PDF), "0" * 64)


def told(engine: Engine) -> dict[str, dict[str, object]]:
    """What was told of the changes, by item."""
    query = select(pushes.c.item, pushes.c.content).where(pushes.c.kind == "changed")
    with transaction(engine) as db:
        return {row.item: row.content for row in db.execute(query)}


def change(engine: Engine, town: tuple[People, str], asked: dict[str, str], *proof: Evidence) -> None:
    people, public_id = town
    said = {"user": people["applicant"], "public_id": public_id, "licence": None, "raw": asked}
    number: str = run(engine, partial(ask_change, evidence=proof, now=NOW, **said))
    settle(engine, people, number)


def test_a_change_that_was_examined_is_told_with_the_opinion_and_the_proof(
    engine: Engine, town: tuple[People, str]
) -> None:
    change(engine, town, ELSEWHERE, LEASE)
    content = told(engine)
    assert set(content) == {"food_operation", "fire_check"}
    opinion = content["food_operation"]["opinion"]
    assert isinstance(opinion, dict)
    assert (opinion["word"], opinion["office"]) == ("agree", "张店区市场监督管理局")
    assert [each["materials"] for each in content.values()] == [["证明材料"], ["证明材料"]]
    assert {each["address"] for each in content.values()} == {ELSEWHERE["op_address"]}


def test_a_change_that_was_only_noted_is_told_without_an_opinion(
    engine: Engine, town: tuple[People, str]
) -> None:
    change(engine, town, NEW_NAME)
    content = told(engine)
    assert [(each["opinion"], each["materials"]) for each in content.values()] == [(None, []), (None, [])]
