"""What was promised is decided at once and checked afterwards; a false promise ends the licence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, insert, select

from certificates.public import read_public
from engine.commands.fire_timers import fire_timers
from engine.database import transaction
from engine.days import LOCAL
from engine.errors import Invalid
from engine.people import User
from engine.tables import (
    case_items,
    certificate_issues,
    certificates,
    commitments,
    credit_records,
    licences,
    memberships,
    tasks,
)
from tests.engine.clerks import carry, case_of, read
from tests.engine.commitments.promising import SIGN, act, check_of, file_promised, points
from tests.filing import NOW, fill_draft, open_steps, run_machines

REFUSED = {"outcome": "refused", "reasons": "位置不符合城市容貌标准，不适用告知承诺。"}
FOUND = {"words": "招牌宽度超出申报内容。"}


@dataclass(frozen=True)
class Checked:
    """A case whose signboard was promised and granted, and the case of its check."""

    number: str
    check: str


@pytest.fixture
def promised(engine: Engine, people: Mapping[str, User]) -> str:
    """A case that the window has just accepted; nothing is on record yet."""
    with transaction(engine) as db:
        db.execute(delete(credit_records))
    number = file_promised(engine, people)
    act(engine, people["window"], number, "accept", outcome="accept")
    return number


@pytest.fixture
def granted(engine: Engine, people: Mapping[str, User], promised: str) -> Checked:
    act(engine, people["approval"], promised, "review_signboard", outcome="granted")
    return Checked(promised, check_of(engine, promised))


def test_the_authority_decides_where_others_are_reviewed(
    engine: Engine, people: Mapping[str, User], promised: str
) -> None:
    with transaction(engine) as db:
        query = select(tasks).where(tasks.c.id == open_steps(engine, promised)["review_signboard"])
        task = db.execute(query).one()
    assert (task.act, task.department, task.item) == ("promise", "approval", SIGN)
    assert "告知承诺" in task.title


def test_a_grant_licenses_at_once_while_others_are_still_reviewed(engine: Engine, granted: Checked) -> None:
    case = read(engine, granted.number)
    assert case.items[SIGN].outcome == "granted" and case.items[SIGN].way == "commitment"
    assert case.status == "reviewing"
    assert "review_food_operation" in open_steps(engine, granted.number)
    with transaction(engine) as db:
        found = db.execute(select(licences).where(licences.c.case_id == case.id)).one()
    assert (found.item, found.state, found.valid_from) == (SIGN, "valid", date(2026, 11, 23))


def test_the_check_waits_for_the_regulator_until_its_day(engine: Engine, granted: Checked) -> None:
    (task_id,) = open_steps(engine, granted.check).values()
    with transaction(engine) as db:
        task = db.execute(select(tasks).where(tasks.c.id == task_id)).one()
    assert (task.act, task.department) == ("check", "urban")
    # 40 working days after 2026-11-23, of 2027 by the plain week or by what was announced
    assert date(2027, 1, 18) <= task.due_at.astimezone(LOCAL).date() <= date(2027, 1, 21)
    assert granted.check.startswith("370303-HX-20261123-")


def test_the_drawn_steps_later_find_the_licence_and_give_no_second(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    carry(engine, people, granted.number)
    case = read(engine, granted.number)
    assert case.status == "granted"
    assert check_of(engine, granted.number) == granted.check  # the only one: nothing was decided twice
    with transaction(engine) as db:
        found = db.execute(select(licences.c.item).where(licences.c.case_id == case.id)).scalars().all()
    assert sorted(found) == sorted(case.items)


def test_a_refusal_on_the_spot_needs_its_reasons(
    engine: Engine, people: Mapping[str, User], promised: str
) -> None:
    with pytest.raises(Invalid):
        act(engine, people["approval"], promised, "review_signboard", outcome="refused")
    act(engine, people["approval"], promised, "review_signboard", **REFUSED, remedies="government")
    case = read(engine, promised)
    assert case.items[SIGN].outcome == "refused"
    with transaction(engine) as db:
        row = db.execute(
            select(case_items).where(case_items.c.case_id == case.id, case_items.c.item == SIGN)
        ).one()
        assert row.reasons == REFUSED["reasons"]
        assert db.execute(select(licences).where(licences.c.case_id == case.id)).first() is None


def test_a_promise_that_was_kept_ends_its_check(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    act(engine, people["urban"], granted.check, "check_commitment", **looked(engine, people), outcome="kept")
    assert read(engine, granted.check).status == "kept"
    assert promise_state(engine, granted.number) == "kept"


def test_a_point_that_fails_cannot_be_a_kept_promise(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    with pytest.raises(Invalid) as raised:
        act(
            engine,
            people["urban"],
            granted.check,
            "check_commitment",
            **failed(engine, people),
            outcome="kept",
        )
    assert "outcome" in raised.value.errors


def test_mending_is_ordered_once_and_looked_at_when_its_time_is_over(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    order = {**failed(engine, people), **FOUND, "outcome": "mend", "mend_until": "2026-12-01"}
    act(engine, people["urban"], granted.check, "check_commitment", **order)
    assert read(engine, granted.check).status == "mending"
    assert open_steps(engine, granted.check) == {}
    over = datetime(2026, 12, 1, 17, 0, tzinfo=LOCAL)
    case = read(engine, granted.check)
    with transaction(engine) as db:
        fire_timers(db, case.id, over - timedelta(seconds=1))
    assert open_steps(engine, granted.check) == {}
    with transaction(engine) as db:
        fire_timers(db, case.id, over)
    assert set(open_steps(engine, granted.check)) == {"check_commitment"}
    with pytest.raises(Invalid):
        act(engine, people["urban"], granted.check, "check_commitment", **order)
    act(engine, people["urban"], granted.check, "check_commitment", **looked(engine, people), outcome="kept")
    assert read(engine, granted.check).status == "kept"


def test_who_checked_does_not_decide_on_revoking(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    with transaction(engine) as db:  # works for both offices
        row = {"user_id": people["urban"].id, "role": "clerk", "department": "approval", "region": "370303"}
        db.execute(insert(memberships).values(row))
    found_false(engine, people, granted)
    decision = {
        "heard": "none",
        "outcome": "revoke",
        "reasons": "承诺不属实。",
        "remedies": "government",
    }
    with pytest.raises(Invalid) as raised:
        act(engine, people["urban"], granted.check, "revoke_commitment", **decision)
    assert "另一个人" in raised.value.errors["outcome"]
    with transaction(engine) as db:
        db.execute(
            memberships.delete().where(
                memberships.c.user_id == people["urban"].id, memberships.c.department == "approval"
            )
        )


def test_a_false_promise_may_be_left_unrevoked_with_reasons(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    found_false(engine, people, granted)
    decision = {"statement": "已经当场改正。", "outcome": "keep", "reasons": "情节轻微，已经改正。"}
    act(engine, people["approval"], granted.check, "revoke_commitment", **decision)
    assert read(engine, granted.check).status == "not_revoked"
    with transaction(engine) as db:
        query = select(licences.c.state).where(licences.c.case_id == case_of(db, granted.number).id)
        assert db.execute(query).scalar_one() == "valid"


def test_revoking_ends_the_licence_records_it_and_issues_the_certificate_anew(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    carry(engine, people, granted.number)
    found_false(engine, people, granted)
    revoke(engine, people, granted)
    case = read(engine, granted.check)
    assert case.status == "revoked"
    assert promise_state(engine, granted.number) == "false"
    with transaction(engine) as db:
        record = db.execute(select(credit_records).where(credit_records.c.case_id == case.id)).one()
        assert (record.item, record.words) == (SIGN, FOUND["words"])
        assert record.until == date(2027, 11, 23)  # 365 days
        issues = db.execute(
            select(certificate_issues)
            .join(certificates)
            .where(certificates.c.case_id == case.parent_id)
            .order_by(certificate_issues.c.issue)
        ).all()
        assert [each.issue for each in issues] == [1, 2]
        assert "撤销" in issues[1].reason
        assert SIGN_NAME in issues[0].content and SIGN_NAME not in issues[1].content
        public = db.execute(select(certificates.c.public_id).where(certificates.c.case_id == case.parent_id))
        shown = read_public(db, public.scalar_one(), NOW)
    assert shown is not None
    assert (shown.state, [line.state for line in shown.earlier]) == ("有效", ["已撤销"])
    assert SIGN_NAME not in [line.item for line in shown.licences]


def test_revoking_before_the_certificate_leaves_the_item_out_of_it(
    engine: Engine, people: Mapping[str, User], granted: Checked
) -> None:
    found_false(engine, people, granted)
    revoke(engine, people, granted)
    carry(engine, people, granted.number)
    with transaction(engine) as db:
        content = db.execute(
            select(certificate_issues.c.content)
            .join(certificates)
            .where(certificates.c.case_id == case_of(db, granted.number).id)
        ).scalar_one()
    assert SIGN_NAME not in content


SIGN_NAME = "门店招牌设置"


def looked(engine: Engine, people: Mapping[str, User], result: str = "pass") -> dict[str, str]:
    """Every condition of the signboard with the same result."""
    with transaction(engine) as db:
        draft = fill_draft(db, people["applicant"])
        found = points(db, people["applicant"], draft, SIGN)
    words = {f"points__{point}__words": "不符合。" for point in found if result == "fail"}
    return {f"points__{point}": result for point in found} | words


def failed(engine: Engine, people: Mapping[str, User]) -> dict[str, str]:
    return looked(engine, people, "fail")


def found_false(engine: Engine, people: Mapping[str, User], granted: Checked) -> None:
    form = {**failed(engine, people), **FOUND, "outcome": "false"}
    act(engine, people["urban"], granted.check, "check_commitment", **form)


def revoke(engine: Engine, people: Mapping[str, User], granted: Checked) -> None:
    decision = {
        "heard": "waived",
        "statement": "书面表示放弃。",
        "outcome": "revoke",
        "reasons": "承诺不属实。",
        "remedies": "government",
    }
    act(engine, people["approval"], granted.check, "revoke_commitment", **decision)
    run_machines(engine, granted.check)


def promise_state(engine: Engine, number: str) -> str:
    with transaction(engine) as db:
        query = select(commitments.c.state).where(commitments.c.case_id == case_of(db, number).id)
        return str(db.execute(query).scalar_one())
