"""What is corrected of an addition stays for the holder and the place on the certificate that it joins."""

from functools import partial

import pytest
from sqlalchemy import Engine, select

from certificates.life.changing import ask_change
from engine.corrections.resubmit import resubmit
from engine.database import run, transaction
from engine.errors import Invalid
from engine.tables import cases
from tests.certificates.life.holders import settle
from tests.certificates.life.test_adding import STANDS, Town, add, fill_and_file
from tests.engine.corrections.noticing import answer, ask, note, send_reply
from tests.filing import NOW

NEW_NAME = "淄博张店秋实餐饮有限公司"


def asked(engine: Engine, town: Town, *questions: str) -> str:
    """The number of an addition of which the window wants these questions corrected."""
    number = fill_and_file(engine, town, add(engine, town, tobacco="yes"))
    with transaction(engine) as db:
        for each in questions:
            note(db, town[0], number, "window", each)
        ask(db, town[0], number)
    return number


@pytest.mark.parametrize(
    ("question", "other", "says"),
    [
        ("op_address", "淄博市张店区人民路1号", "申请变更"),
        ("ent_name", NEW_NAME, "申请变更"),
        ("legal_rep", "李四", "申请变更"),
        ("uscc", "91370303MA3T00025R", "重新申请"),
    ],
)
def test_a_correction_does_not_carry_an_addition_to_another_holder_or_place(
    engine: Engine, town: Town, question: str, other: str, says: str
) -> None:
    number = asked(engine, town, question)
    query = select(cases.c.answers, cases.c.uscc, cases.c.status).where(cases.c.number == number)
    with transaction(engine) as db:
        before = db.execute(query).one()
        assert answer(db, town[0], number, **{question: other}) == {}
    with pytest.raises(Invalid) as refused:
        run(engine, partial(resubmit, user=town[0]["applicant"], number=number, round=1, now=NOW))
    assert list(refused.value.errors) == [question] and says in refused.value.errors[question]
    with transaction(engine) as db:
        assert db.execute(query).one() == before


def test_what_a_certificate_does_not_state_is_corrected_though_its_name_has_changed_meanwhile(
    engine: Engine, town: Town
) -> None:
    people, public_id = town
    number = asked(engine, town, "phone")
    raw = {**STANDS, "ent_name": NEW_NAME}
    said = {"public_id": public_id, "licence": None, "raw": raw, "evidence": (), "now": NOW}
    settle(engine, people, run(engine, partial(ask_change, user=people["applicant"], **said)))
    with transaction(engine) as db:
        send_reply(db, people, number, phone="13805335679")
        phone = db.execute(select(cases.c.phone).where(cases.c.number == number)).scalar_one()
    assert phone == "13805335679"
