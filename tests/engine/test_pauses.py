"""Stopping and prolonging an item's clocks: by whom, once at a time, and with a second pair of eyes."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, insert, select

from engine.commands.answer_approval import answer_approval
from engine.commands.extend import ask_extension
from engine.commands.pause import pause, refuse_while_paused, running_pauses
from engine.commands.resume import resume
from engine.errors import Invalid, NotFound, Refusal
from engine.people import Membership, User, add_user, find_user
from engine.queries.approvals import approvals_of, find_approval, open_approvals
from engine.tables import clocks, events, memberships
from tests.engine.clerks import case_of
from tests.filing import DISTRICT, NOW, OTHER_DISTRICT, PASSWORD, do, file_case

People = Mapping[str, User]
ITEM, OTHER = "food_operation", "tobacco_retail"
WHY = "送检"


@pytest.fixture(scope="module")
def number(engine: Engine, people: People) -> str:
    """An accepted case; tests work on it in a transaction that is rolled back."""
    number = file_case(engine, people)
    do(engine, people, number, "accept", "window", outcome="accept")
    return number


def head(db: Connection, department: str = "approval", region: str = DISTRICT) -> User:
    roles = [Membership("head", department, region)]
    login = f"head_{department}_{region}"
    found = find_user(db, add_user(db, login=login, name=login, password=PASSWORD, roles=roles, now=NOW))
    assert found is not None
    return found


def stop(db: Connection, user: User, number: str, **other: object) -> None:
    given = {"item": ITEM, "kind": "testing", "days": 10, "reason": WHY} | other
    pause(db, user=user, number=number, now=NOW, **given)  # type: ignore[arg-type]  # what a test says


def kinds(db: Connection, number: str, item: str = ITEM) -> list[str]:
    return [each.kind.id for each in running_pauses(db, case_of(db, number).id, item)]


def states(db: Connection, number: str, item: str = ITEM) -> set[str]:
    query = select(clocks.c.state).where(clocks.c.case_id == case_of(db, number).id, clocks.c.item == item)
    return set(db.execute(query).scalars())


def ask(db: Connection, people: People, number: str, item: str = ITEM) -> int:
    who = people["market"]
    return ask_extension(db, user=who, number=number, item=item, reason="现场复杂", now=NOW)


def test_a_pause_stops_both_clocks_of_the_item_and_the_log_says_so(
    desk: Connection, people: People, number: str
) -> None:
    stop(desk, people["market"], number)
    assert kinds(desk, number) == ["testing"]
    assert states(desk, number) == {"paused"}
    assert states(desk, number, OTHER) == {"running"}
    case_id = case_of(desk, number).id
    last = desk.execute(
        select(events.c.type).where(events.c.case_id == case_id).order_by(events.c.seq.desc())
    )
    assert last.scalars().first() == "clock_paused"


def test_one_pause_of_a_kind_runs_at_a_time(desk: Connection, people: People, number: str) -> None:
    stop(desk, people["market"], number)
    with pytest.raises(Invalid) as refused:
        stop(desk, people["market"], number)
    assert set(refused.value.errors) == {"kind"}
    stop(desk, people["market"], number, kind="expert_review")
    assert kinds(desk, number) == ["testing", "expert_review"]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"kind": "hearing"}, "kind"),
        ({"kind": "lunch"}, "kind"),
        ({"days": None}, "days"),
        ({"days": 0}, "days"),
        ({"days": 181}, "days"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_pause_needs_a_known_kind_its_days_and_a_reason(
    desk: Connection, people: People, number: str, other: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        stop(desk, people["market"], number, **other)
    assert set(refused.value.errors) == {field}


@pytest.mark.parametrize("who", ["tobacco", "window", "elsewhere", "supervisor", "applicant"])
def test_only_an_office_of_the_item_stops_or_starts_its_clocks(
    desk: Connection, people: People, number: str, who: str
) -> None:
    stop(desk, people["market"], number)
    with pytest.raises(NotFound):
        stop(desk, people[who], number, kind="appraisal")
    with pytest.raises(NotFound):
        resume(desk, user=people[who], number=number, item=ITEM, kind="testing", reason="好了", now=NOW)
    with pytest.raises(NotFound):
        ask_extension(desk, user=people[who], number=number, item=ITEM, reason="慢", now=NOW)


def test_the_same_pause_may_come_again_after_it_ended(desk: Connection, people: People, number: str) -> None:
    market = people["market"]
    stop(desk, market, number)
    with pytest.raises(Invalid):
        resume(desk, user=market, number=number, item=ITEM, kind="testing", reason="", now=NOW)
    resume(desk, user=market, number=number, item=ITEM, kind="testing", reason="合格", now=NOW)
    assert kinds(desk, number) == []
    with pytest.raises(Invalid):
        resume(desk, user=market, number=number, item=ITEM, kind="testing", reason="合格", now=NOW)
    stop(desk, market, number)
    assert kinds(desk, number) == ["testing"]


def test_a_local_pause_leaves_the_statutory_clock_alone(
    desk: Connection, people: People, number: str
) -> None:
    before = due(desk, number), due(desk, number, clock="committed")
    stop(desk, people["market"], number, kind="rectification")
    assert due(desk, number) == before[0]
    assert due(desk, number, clock="committed") > before[1]


def test_nothing_is_decided_while_the_law_waits_for_a_result(
    desk: Connection, people: People, number: str
) -> None:
    stop(desk, people["market"], number, kind="rectification")
    refuse_while_paused(desk, case_of(desk, number), ITEM)
    stop(desk, people["market"], number)
    refuse_while_paused(desk, case_of(desk, number), OTHER)
    with pytest.raises(Invalid) as refused:
        refuse_while_paused(desk, case_of(desk, number), ITEM)
    assert set(refused.value.errors) == {"outcome"}


def test_an_extension_moves_the_date_only_when_the_head_says_yes(
    desk: Connection, people: People, number: str
) -> None:
    boss, before = head(desk), due(desk, number)
    approval = ask(desk, people, number)
    assert due(desk, number) == before
    answer_approval(desk, user=boss, approval=approval, granted=True, words="", now=NOW)
    assert due(desk, number) > before
    with pytest.raises(Refusal):
        answer_approval(desk, user=boss, approval=approval, granted=True, words="", now=NOW)
    with pytest.raises(Invalid):
        ask(desk, people, number)  # once for an item


def due(db: Connection, number: str, item: str = ITEM, clock: str = "statutory") -> date:
    match = (clocks.c.case_id == case_of(db, number).id, clocks.c.item == item, clocks.c.clock == clock)
    found: date = db.execute(select(clocks.c.due_on).where(*match)).scalar_one()
    return found


def test_what_is_over_is_prolonged_no_more(desk: Connection, people: People, number: str) -> None:
    boss, approval = head(desk), ask(desk, people, number)
    late = NOW + timedelta(days=60)
    with pytest.raises(Invalid) as refused:
        answer_approval(desk, user=boss, approval=approval, granted=True, words="", now=late)
    assert set(refused.value.errors) == {"answer"}
    with pytest.raises(Invalid):
        ask_extension(desk, user=people["market"], number=number, item="", reason="慢", now=late)


def test_a_refusal_needs_words_and_leaves_the_date(desk: Connection, people: People, number: str) -> None:
    boss, before = head(desk), due(desk, number)
    approval = ask(desk, people, number)
    with pytest.raises(Invalid):
        answer_approval(desk, user=boss, approval=approval, granted=False, words=" ", now=NOW)
    answer_approval(desk, user=boss, approval=approval, granted=False, words="来得及", now=NOW)
    assert due(desk, number) == before
    assert [each.state for each in approvals_of(desk, case_of(desk, number).id)] == ["refused"]
    assert ask(desk, people, number) != approval


def test_nobody_approves_what_they_asked_for(desk: Connection, people: People, number: str) -> None:
    market = people["market"]
    both = Membership("head", "approval", DISTRICT)
    desk.execute(
        insert(memberships).values(
            user_id=market.id, role=both.role, department=both.department, region=both.region
        )
    )
    approval = ask(desk, people, number)
    assert open_approvals(desk, market) == ()
    with pytest.raises(NotFound):
        find_approval(desk, market, approval)
    with pytest.raises(NotFound):
        answer_approval(desk, user=market, approval=approval, granted=True, words="", now=NOW)
    assert [each.id for each in open_approvals(desk, head(desk))] == [approval]


@pytest.mark.parametrize(("department", "region"), [("approval", OTHER_DISTRICT), ("market", DISTRICT)])
def test_a_head_of_another_office_does_not_know_of_it(
    desk: Connection, people: People, number: str, department: str, region: str
) -> None:
    approval, other = ask(desk, people, number), head(desk, department, region)
    assert open_approvals(desk, other) == ()
    with pytest.raises(NotFound):
        answer_approval(desk, user=other, approval=approval, granted=True, words="", now=NOW)


def test_the_whole_case_is_for_the_head_of_the_government(
    desk: Connection, people: People, number: str
) -> None:
    approval = ask(desk, people, number, "")
    assert open_approvals(desk, head(desk)) == ()
    (found,) = open_approvals(desk, head(desk, "government"))
    assert (found.id, found.values["days"]) == (approval, 15)
    before = due(desk, number, "", "bundle")
    boss = head(desk, "government")
    answer_approval(desk, user=boss, approval=approval, granted=True, words="", now=NOW)
    assert due(desk, number, "", "bundle") > before
