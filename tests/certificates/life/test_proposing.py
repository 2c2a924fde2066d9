"""An office suspends, resumes or revokes a licence: one person proposes, another decides."""

from functools import partial

import pytest
from sqlalchemy import Engine, select

from certificates.life.holding import seen_by_office
from certificates.life.possible import NotNow
from certificates.life.proposing import propose
from engine.database import run, transaction
from engine.errors import Invalid, NotAllowed, NotFound
from engine.people import User
from engine.tables import letters, messages
from tests.certificates.life.holders import People, certificate_of, licence_of, number_of, settle
from tests.certificates.life.lives import holds_together, issues_of, newest, states
from tests.filing import NOW

Town = tuple[People, str]
REVOKE = {"outcome": "revoke", "statement": "没有提出", "reasons": "以欺骗取得。", "remedies": "government"}
SUSPEND = {"outcome": "agree", "reasons": "卫生条件不合格。", "remedies": "government", "until": "2026-12-31"}


def put(engine: Engine, town: Town, process: str, by: str = "approval", item: str = "food_operation") -> str:
    people, public_id = town
    with transaction(engine) as db:
        licence, number = licence_of(db, public_id, item), number_of(db, public_id)
    reasons = "检查发现操作间不合格。"
    asked = partial(
        propose,
        user=people[by],
        number=number,
        licence=licence,
        process=process,
        reasons=reasons,
        now=NOW,
    )
    return run(engine, asked)


def test_a_suspended_licence_leaves_the_certificate_and_comes_back(engine: Engine, town: Town) -> None:
    people, public_id = town
    first = settle(engine, people, put(engine, town, "suspension"), by=people["approval2"], approval=SUSPEND)
    assert first.status == "suspended"
    with transaction(engine) as db:
        certificate = certificate_of(db, public_id)
        assert sorted(states(db, certificate)) == ["suspended", "valid"]
        assert len(newest(db, certificate).licences) == 1
    second = settle(engine, people, put(engine, town, "resumption"), by=people["approval2"])
    assert second.status == "resumed"
    with transaction(engine) as db:
        assert [len(newest(db, certificate).licences), len(issues_of(db, certificate))] == [2, 3]
        holds_together(db, certificate, {})


def test_who_proposed_does_not_decide(engine: Engine, town: Town) -> None:
    number = put(engine, town, "suspension")
    with pytest.raises(Invalid, match="同一个人"):
        settle(engine, town[0], number, by=town[0]["approval"], approval=SUSPEND)


def test_a_revocation_is_announced_decided_by_another_and_ends_the_licence(
    engine: Engine, town: Town
) -> None:
    people, public_id = town
    number = put(engine, town, "revocation", by="market")  # the regulator advises it
    case = settle(engine, people, number, approval=REVOKE)
    assert case.status == "revoked"
    with transaction(engine) as db:
        assert sorted(states(db, certificate_of(db, public_id))) == ["revoked", "valid"]
        kinds = db.execute(select(letters.c.kind).where(letters.c.case_id == case.id).order_by(letters.c.id))
        assert list(kinds.scalars()) == ["revocation_notice", "revocation"]


def test_a_revocation_that_is_dropped_is_told_to_the_holder(engine: Engine, town: Town) -> None:
    keep = {"outcome": "keep", "statement": "已经改正", "reasons": "查无实据。"}
    case = settle(engine, town[0], put(engine, town, "revocation", by="market"), approval=keep)
    assert case.status == "not_revoked"
    with transaction(engine) as db:
        told = db.execute(select(messages.c.kind).where(messages.c.case_id == case.id)).scalars()
        assert set(told) == {"revocation_planned", "revocation_dropped"}


def test_what_is_not_suspended_cannot_be_resumed(engine: Engine, town: Town) -> None:
    with pytest.raises(NotNow, match="没有暂停"):
        put(engine, town, "resumption")


def test_an_office_proposes_only_about_its_own_licences(engine: Engine, town: Town) -> None:
    with pytest.raises(NotAllowed):
        put(engine, town, "suspension", by="fire")
    with pytest.raises(NotFound):
        put(engine, town, "suspension", by="tobacco")


@pytest.mark.parametrize("who", ["applicant", "window", "tobacco", "inspector", "supervisor", "elsewhere"])
def test_whoever_decides_and_supervises_nothing_on_it_does_not_find_it(
    engine: Engine, town: Town, who: str
) -> None:
    with transaction(engine) as db, pytest.raises(NotFound):
        user: User = town[0][who]
        seen_by_office(db, user, number_of(db, town[1]), NOW)
