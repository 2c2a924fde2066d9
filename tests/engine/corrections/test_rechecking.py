"""After the reply: only who asked looks again, at each of its own points."""

import pytest
from sqlalchemy import Connection, select

from engine.commands.claim import claim
from engine.commands.complete import complete
from engine.corrections.points import corrections_of
from engine.errors import Invalid, NotFound
from engine.tables import tasks
from tests.engine.clerks import case_of
from tests.engine.corrections.noticing import People, ask, note, send_reply, work
from tests.filing import NOW, waiting


@pytest.fixture
def replied(desk: Connection, people: People, number: str) -> str:
    """Market, fire and the window asked, and the applicant replied."""
    note(desk, people, number, "market", "food_items", "food_operation")
    note(desk, people, number, "fire", "fire_exits", "fire_check")
    note(desk, people, number, "window", "phone")
    ask(desk, people, number)
    send_reply(desk, people, number, food_items="热食类制售", fire_exits="4", phone="13805335679")
    return number


def tasks_of(db: Connection, number: str) -> dict[str, str]:
    """Who is to look again: department → task."""
    found = select(tasks.c.department, tasks.c.id).where(
        tasks.c.case_id == case_of(db, number).id, tasks.c.state == "open", tasks.c.act == "recheck"
    )
    return {row.department: row.id for row in db.execute(found)}


def look(db: Connection, people: People, number: str, who: str, result: str, words: str = "") -> None:
    """A department says the same of all its points."""
    task = tasks_of(db, number)[who]
    own = [p for p in corrections_of(db, case_of(db, number).id)[-1].points if p.department == who]
    raw = {f"points-{p.id}": result for p in own} | {f"points-{p.id}-words": words for p in own}
    claim(db, user=people[who], task=task, now=NOW)
    complete(db, user=people[who], task=task, raw=raw, now=NOW)


def test_only_the_departments_that_asked_look_again_before_the_window(
    desk: Connection, people: People, replied: str
) -> None:
    assert set(tasks_of(desk, replied)) == {"market", "fire"}
    assert set(waiting(desk, replied)) == {"recheck"}


def test_what_each_found_is_kept_with_its_points_and_the_window_decides(
    desk: Connection, people: People, replied: str
) -> None:
    look(desk, people, replied, "market", "ok")
    assert "accept" not in waiting(desk, replied)
    look(desk, people, replied, "fire", "not_ok", "图上还是 3 个出口。")
    assert list(waiting(desk, replied)) == ["accept"]
    (notice,) = corrections_of(desk, case_of(desk, replied).id)
    found = {point.department: (point.result, point.found) for point in notice.points}
    assert found == {
        "market": ("ok", ""),
        "fire": ("not_ok", "图上还是 3 个出口。"),
        "approval": (None, ""),
    }
    work(desk, people, replied, "accept", "window", {"outcome": "accept"})
    assert case_of(desk, replied).accepted is True


def test_what_is_not_put_right_needs_words(desk: Connection, people: People, replied: str) -> None:
    with pytest.raises(Invalid) as refused:
        look(desk, people, replied, "fire", "not_ok")
    assert any("未改正" in words for words in refused.value.errors.values())


def test_every_point_needs_a_result(desk: Connection, people: People, replied: str) -> None:
    with pytest.raises(Invalid):
        look(desk, people, replied, "fire", "")


def test_no_other_office_looks_again(desk: Connection, people: People, replied: str) -> None:
    task = tasks_of(desk, replied)["fire"]
    with pytest.raises(NotFound):
        claim(desk, user=people["tobacco"], task=task, now=NOW)
