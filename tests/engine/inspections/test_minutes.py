"""The minutes show every point with what was found, the photos that matter, and who signed."""

from dataclasses import replace

from sqlalchemy import Connection

from engine.inspections.minutes import MOST_PHOTOS, lines_of, photos_of, signatures_of
from engine.inspections.sheet import read_sheet
from engine.inspections.strokes import svg_of
from tests.engine.inspections.test_photos import add, another
from tests.engine.inspections.visiting import STROKES, People, found, note_all, send, sign_all


def test_each_point_has_its_line_in_words(desk: Connection, people: People, visit: int) -> None:
    note_all(desk, people, visit)
    send(desk, people["market"], visit, found("worse", "food_layout", "fail", "操作间没有隔开。", edit=5))
    lines = lines_of(read_sheet(desk, visit))
    (failed,) = [each for each in lines if each["result"] != "合格"]
    assert (failed["result"], failed["words"]) == ("不合格", "操作间没有隔开。")
    assert failed["items"] == "食品经营许可" and failed["department"] == "张店区市场监督管理局"


def test_photos_stand_in_the_order_of_the_points_with_time_and_name(
    desk: Connection, people: People, visit: int, points: list[str]
) -> None:
    add(desk, people, visit, **another(1), point=points[4])
    add(desk, people, visit, **another(2), point="")
    captions = [each["caption"] for each in photos_of(read_sheet(desk, visit))]
    assert captions == ["场所 2026年11月24日 09:30 market·甲", "第5项 2026年11月24日 09:30 market·甲"]


def test_of_more_photos_than_fit_those_of_failed_points_stay(
    desk: Connection, people: People, visit: int
) -> None:
    send(desk, people["market"], visit, found("worse", "food_layout", "fail", "没有隔开。"))
    add(desk, people, visit, **another(1))
    view = read_sheet(desk, visit)
    (failed,) = view.photos
    many = [replace(failed, id=f"p{n}", point="", thumbnail=f"{n:064}") for n in range(MOST_PHOTOS + 40)]
    shown = photos_of(replace(view, photos=(*many, failed)))
    assert len(shown) == MOST_PHOTOS and failed.thumbnail in {each["sha256"] for each in shown}


def test_every_signature_that_holds_is_drawn_with_its_name(
    desk: Connection, people: People, visit: int
) -> None:
    note_all(desk, people, visit)
    sign_all(desk, people, visit)
    shown = signatures_of(read_sheet(desk, visit))
    assert [each["caption"].partition("（")[0] for each in shown] == [
        "inspector·甲",
        "fire·甲",
        "market·甲",
        "张春和",
    ]
    assert {each["svg"] for each in shown} == {svg_of(STROKES)}
