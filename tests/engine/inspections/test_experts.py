"""An expert's link opens one visit, once, until it is closed; every other link says the same."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from engine.errors import Invalid, NotAllowed, NotFound
from engine.inspections.experts import LASTS, MOST_EXPERTS, expert_for, experts_of, invite, opine
from engine.tables import events, inspection_experts
from tests.engine.inspections.visiting import THERE, People, hold
from tests.filing import NOW


def ask(desk: Connection, people: People, visit: int, who: str = "inspector", **other: str) -> str:
    said = {"name": "林专家", "organisation": "山东理工大学", **other}
    fixed = len(experts_of(desk, visit)).to_bytes(2, "big")
    return invite(
        desk,
        user=people[who],
        inspection=visit,
        random_bytes=lambda n: fixed * (n // 2),
        now=NOW,
        **said,  # type: ignore[arg-type]  # the words of a form
    )


def why(desk: Connection, token: str) -> tuple[str, str]:
    with pytest.raises(NotFound) as refused:
        expert_for(desk, token, THERE)
    return refused.value.says, refused.value.do


def test_an_expert_writes_one_opinion_by_the_link(desk: Connection, people: People, visit: int) -> None:
    token = ask(desk, people, visit)
    assert expert_for(desk, token, THERE).inspection_id == visit
    opine(desk, token=token, words="  排烟道可行。\r\n建议加装净化器。 ", now=THERE)
    (expert,) = experts_of(desk, visit)
    assert (expert.opinion, expert.opined_at) == ("排烟道可行。\n建议加装净化器。", THERE)
    with pytest.raises(Invalid) as refused:
        opine(desk, token=token, words="改主意了。", now=THERE)
    assert "不能再改" in refused.value.errors["words"]


def test_a_wrong_an_old_and_a_closed_link_say_the_same(desk: Connection, people: People, visit: int) -> None:
    token = ask(desk, people, visit)
    wrong = why(desk, token[:-1] + "x")
    assert why(desk, "") == why(desk, "\ud800") == why(desk, "x" * 9999) == wrong
    with pytest.raises(NotFound) as old:
        expert_for(desk, token, NOW + LASTS + timedelta(seconds=1))
    assert (old.value.says, old.value.do) == wrong
    hold(desk, visit)
    assert why(desk, token) == wrong
    with pytest.raises(NotFound):
        opine(desk, token=token, words="太晚了。", now=THERE)


def test_the_token_is_nowhere_in_the_database(desk: Connection, people: People, visit: int) -> None:
    token = ask(desk, people, visit)
    rows = [*desk.execute(select(inspection_experts)), *desk.execute(select(events.c.payload))]
    assert len(token) == 32 and token not in repr(rows)
    assert "林专家" not in repr(desk.execute(select(events.c.payload)).all())  # the log names no person


@pytest.mark.parametrize(
    ("field", "value"), [("name", " "), ("name", "长" * 51), ("organisation", ""), ("name", "甲\n乙")]
)
def test_what_is_wrong_with_an_invitation_is_named_at_its_field(
    desk: Connection, people: People, visit: int, field: str, value: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(desk, people, visit, **{field: value})
    assert refused.value.errors.keys() == {field}


@pytest.mark.parametrize("words", ["", " \n ", "长" * 2001, "🍜"])
def test_an_opinion_that_cannot_stand_in_the_minutes_is_named(
    desk: Connection, people: People, visit: int, words: str
) -> None:
    token = ask(desk, people, visit)
    with pytest.raises(Invalid) as refused:
        opine(desk, token=token, words=words, now=THERE)
    assert refused.value.errors["words"]


def test_only_who_has_a_seat_invites_only_while_the_visit_is_open(
    desk: Connection, people: People, visit: int
) -> None:
    with pytest.raises(NotFound):
        ask(desk, people, visit, "urban")
    hold(desk, visit)
    with pytest.raises(NotAllowed):
        ask(desk, people, visit)


def test_a_visit_has_so_many_experts_and_no_more(desk: Connection, people: People, visit: int) -> None:
    for _ in range(MOST_EXPERTS):
        ask(desk, people, visit)
    with pytest.raises(Invalid):
        ask(desk, people, visit)
