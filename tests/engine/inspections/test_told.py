"""What the minutes and messages tell of a visit is what happened: on which days, and where the party was."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select, update

from engine.inspections.closing import close
from engine.tables import inspections, letters, messages
from tests.engine.clerks import case_of
from tests.engine.inspections.visiting import THERE, People, found, note_all, send, sign_all, sign_team

NEXT_DAY = THERE + timedelta(days=1)
POINT = "food_layout"


def minutes(desk: Connection, people: People, number: str, visit: int, now: datetime) -> str:
    """All that the minutes say of a signed visit that is ended now."""
    close(
        desk,
        user=people["inspector"],
        inspection=visit,
        note="",
        recording="存在踏勘录像库",
        rectify_days=None,
        now=now,
    )
    of_case = (letters.c.case_id == case_of(desk, number).id, letters.c.kind == "inspection_minutes")
    content = desk.execute(select(letters.c.content).where(*of_case)).scalar_one()
    return "".join(each["text"] for each in content["body"] if "text" in each)


def test_a_visit_that_is_closed_a_day_later_bears_its_own_day(
    desk: Connection, people: People, number: str, visit: int
) -> None:
    note_all(desk, people, visit)
    sign_all(desk, people, visit)
    assert "踏勘的日期：2026年11月24日。" in minutes(desk, people, number, visit, NEXT_DAY)
    newest = select(messages.c.text).where(messages.c.kind == "inspected").order_by(messages.c.id.desc())
    assert "已在2026年11月24日踏勘" in str(desk.execute(newest).scalars().first())


def test_a_visit_of_several_days_bears_each(
    desk: Connection, people: People, number: str, visit: int
) -> None:
    note_all(desk, people, visit)
    raw = {**found("again", POINT, edit=5), "noted_at": NEXT_DAY.isoformat()}
    send(desk, people["inspector"], visit, raw, sent_at=NEXT_DAY, now=NEXT_DAY)
    sign_all(desk, people, visit)
    said = minutes(desk, people, number, visit, NEXT_DAY + timedelta(days=2))
    assert "踏勘的日期：2026年11月24日、2026年11月25日。" in said


@pytest.mark.parametrize(
    ("kind", "says"), [("remote", "通过视频参加，见录像。"), ("paper", "书面复查，不需要到场。")]
)
def test_who_need_not_be_there_is_not_said_to_have_stayed_away(
    desk: Connection, people: People, number: str, visit: int, kind: str, says: str
) -> None:
    desk.execute(update(inspections).where(inspections.c.id == visit).values(kind=kind))
    note_all(desk, people, visit)
    sign_team(desk, people, visit)
    said = minutes(desk, people, number, visit, THERE)
    assert f"申请人一方：{says}" in said and "没有到场" not in said
