"""When the last day of a suspension is over, who must decide and who waits for it hear of it, once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from certificates.life.holding import held_by
from certificates.life.passing import pass_time
from certificates.life.reminding import remind_all
from certificates.life.showing import page_of
from certificates.public import read_public
from engine.database import transaction
from engine.tables import messages
from tests.certificates.life.holders import People, settle
from tests.certificates.life.lives import at
from tests.certificates.life.test_asking import CLOSES
from tests.certificates.life.test_proposing import SUSPEND, put

Town = tuple[People, str]
LAST_DAY, NEXT_DAY = at("2026-12-31"), at("2027-01-01")


@pytest.fixture
def suspended(engine: Engine, town: Town) -> Town:
    """The town, with the food licence suspended until LAST_DAY."""
    settle(engine, town[0], put(engine, town, "suspension"), by=town[0]["approval2"], approval=SUSPEND)
    return town


def told(engine: Engine, kind: str) -> list[tuple[int, str]]:
    """To whom messages of a kind went, and what they say."""
    query = select(messages.c.user_id, messages.c.text).where(messages.c.kind == kind)
    with transaction(engine) as db:
        return [(row.user_id, row.text) for row in db.execute(query.order_by(messages.c.user_id))]


def test_the_day_after_a_suspension_the_holder_and_each_clerk_of_the_office_hear_of_it_once(
    engine: Engine, suspended: Town
) -> None:
    people = suspended[0]
    pass_time(engine, LAST_DAY)
    assert told(engine, "suspension_over") == told(engine, "suspension_due") == []
    for day in (NEXT_DAY, NEXT_DAY, NEXT_DAY + timedelta(days=9)):
        pass_time(engine, day)
    ((holder, words),) = told(engine, "suspension_over")
    assert holder == people["applicant"].id and "暂停到2026年12月31日，期限已满" in words
    clerks = told(engine, "suspension_due")
    assert [user for user, _words in clerks] == sorted([people["approval"].id, people["approval2"].id])
    assert all("提出恢复" in words and "（见" not in words for _user, words in clerks)


def test_nobody_hears_of_a_suspension_that_was_lifted_in_time(engine: Engine, suspended: Town) -> None:
    people = suspended[0]
    settle(engine, people, put(engine, suspended, "resumption"), by=people["approval2"])
    pass_time(engine, NEXT_DAY)
    assert told(engine, "suspension_over") == told(engine, "suspension_due") == []


def test_pages_say_that_a_suspension_is_over_and_waits_for_its_decision(
    engine: Engine, suspended: Town
) -> None:
    people, public_id = suspended
    for now, over in ((LAST_DAY, False), (NEXT_DAY, True)):
        with transaction(engine) as db:
            page = page_of(db, held_by(db, people["applicant"], public_id, now), now)
            public = read_public(db, public_id, now)
        assert public is not None
        assert [each.suspension_over for each in public.licences if each.stopped_on] == [over]
        assert [each.suspension_over for each in page.licences if each.row.state == "suspended"] == [over]
        assert not any(each.suspension_over for each in page.licences if each.row.state == "valid")


def test_the_holder_of_a_suspended_licence_is_reminded_of_its_renewal(
    engine: Engine, suspended: Town
) -> None:
    days = (60, 60, 30)
    assert [remind_all(engine, at(CLOSES) - timedelta(days=each)) for each in days] == [1, 0, 1]
    assert {user for user, _words in told(engine, "renewal_due")} == {suspended[0]["applicant"].id}
