"""What letters and messages say of a licence when a case about it came to nothing, or changed no paper."""

import json
from functools import partial

from sqlalchemy import Engine, select

from engine.commands.withdraw import withdraw
from engine.database import run, transaction
from engine.tables import cases, letters, messages
from tests.certificates.life.holders import DECLINE, People, settle
from tests.certificates.life.test_asking import IN_TIME, cancel, renew
from tests.certificates.life.test_changing import NEW_NAME, ask
from tests.certificates.life.test_proposing import SUSPEND, put

Town = tuple[People, str]


def said(engine: Engine, number: str, kind: str, letter: str) -> tuple[str, str]:
    """The text of the one message of this kind about a case, and all that its one letter of a kind says."""
    case = select(cases.c.id).where(cases.c.number == number).scalar_subquery()
    text = select(messages.c.text).where(messages.c.case_id == case, messages.c.kind == kind)
    content = select(letters.c.content).where(letters.c.case_id == case, letters.c.kind == letter)
    with transaction(engine) as db:
        written = db.execute(content).scalar_one()
        words = written if isinstance(written, str) else json.dumps(written, ensure_ascii=False)
        return str(db.execute(text).scalar_one()), words


def take_back(engine: Engine, town: Town, number: str) -> tuple[str, str]:
    user = town[0]["applicant"]
    run(engine, partial(withdraw, user=user, number=number, items=None, reasons="", now=IN_TIME))
    return said(engine, number, "withdrawn", "withdrawal")


def test_whoever_is_refused_a_renewal_hears_that_the_licence_ends_on_its_last_day(
    engine: Engine, town: Town
) -> None:
    number = renew(engine, town, IN_TIME)
    settle(engine, town[0], number, IN_TIME, approval=DECLINE)
    for words in said(engine, number, "life_refused", "life_refusal"):
        assert "届满后失效" in words and "效力不受影响" not in words and "照常有效" not in words


def test_whoever_is_refused_a_change_hears_that_all_stays_as_it_was(engine: Engine, town: Town) -> None:
    number = ask(engine, town, NEW_NAME)
    settle(engine, town[0], number, fire=DECLINE)
    message, letter = said(engine, number, "life_refused", "life_refusal")
    assert "原来的证照照常有效" in message and "效力不受影响" in letter
    assert "失效" not in message + letter


def test_no_new_issue_is_promised_where_the_only_licence_is_resumed(engine: Engine, town: Town) -> None:
    people = town[0]
    settle(engine, people, cancel(engine, town, "fire_check"))
    settle(engine, people, put(engine, town, "suspension"), by=people["approval2"], approval=SUSPEND)
    number = put(engine, town, "resumption")
    settle(engine, people, number, by=people["approval2"])
    for words in said(engine, number, "suspension_lifted", "resumption"):
        assert "版" not in words and "恢复" in words


def test_a_resumed_licence_beside_others_stands_on_a_new_issue(engine: Engine, town: Town) -> None:
    people = town[0]
    settle(engine, people, put(engine, town, "suspension"), by=people["approval2"], approval=SUSPEND)
    number = put(engine, town, "resumption")
    settle(engine, people, number, by=people["approval2"])
    message, letter = said(engine, number, "suspension_lifted", "resumption")
    assert "第 3 版证照可以下载" in message and "换发第3版" in letter


def test_a_withdrawn_renewal_is_confirmed_as_one_and_warns_of_the_last_day(
    engine: Engine, town: Town
) -> None:
    message, letter = take_back(engine, town, renew(engine, town, IN_TIME))
    for words in (message, letter):
        assert "延续申请" in words and "失效" in words
        assert "一件事一次办" not in words and "重新申请" not in words


def test_a_withdrawn_change_leaves_the_licences_as_they_are(engine: Engine, town: Town) -> None:
    message, letter = take_back(engine, town, ask(engine, town, NEW_NAME))
    assert "变更申请" in message and "不受影响" in message and "失效" not in message
    assert "变更申请" in letter and "效力不受影响" in letter and "一件事一次办" not in letter
