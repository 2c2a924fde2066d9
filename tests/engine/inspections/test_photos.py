"""A photo counts as kept only under the hash that its phone counted, once, and also when it comes late."""

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from engine.errors import NotFound
from engine.inspections.photos import MOST_PHOTOS, PhotoAnswer, add_photo
from engine.inspections.pictures import check_photo
from engine.inspections.places import Position
from engine.inspections.sheet import read_sheet
from engine.inspections.view import Photo
from engine.tables import events, inspection_photos
from tests.engine.clerks import case_of
from tests.engine.inspections.test_pictures import PHOTO
from tests.engine.inspections.visiting import THERE, People, hold

UPLOAD = check_photo("现场.jpg", PHOTO)
SHA256 = hashlib.sha256(PHOTO).hexdigest()
HERE = Position(36.8135, 118.0178, 10)


def add(desk: Connection, people: People, visit: int, id: str = "photo-one", **other: Any) -> PhotoAnswer:
    usual = {
        "user": people["market"],
        "inspection": visit,
        "id": id,
        "point": "food_layout",
        "upload": UPLOAD,
        "sha256": SHA256,
        "thumbnail": "1" * 64,
        "taken_at": THERE,
        "sent_at": THERE,
        "position": HERE,
        "claimed_sha256": SHA256,
        "now": THERE,
    }
    return add_photo(desk, **{**usual, **other})


def another(n: int) -> dict[str, str]:
    """A photo with other bytes."""
    sha256 = hashlib.sha256(str(n).encode()).hexdigest()
    return {"id": f"another-{n}", "sha256": sha256, "claimed_sha256": sha256}


def shown(desk: Connection, visit: int) -> list[Photo]:
    return [*read_sheet(desk, visit).photos]


def test_a_photo_stands_at_its_point_with_who_took_it_when(
    desk: Connection, people: People, number: str, visit: int
) -> None:
    assert add(desk, people, visit) == PhotoAnswer("photo-one", SHA256, "kept")
    (photo,) = next(e for e in read_sheet(desk, visit).points if e.point.id == "food_layout").photos
    assert (photo.by, photo.taken_at, photo.position) == ("market·甲", THERE, HERE)
    assert not (photo.far or photo.late or photo.skewed)
    query = select(events.c.payload).where(events.c.case_id == case_of(desk, number).id)
    (payload,) = desk.execute(query.where(events.c.type == "inspection_photo_added")).scalars()
    assert SHA256 in payload


def test_the_same_photo_again_is_known_by_its_id_and_by_its_bytes(
    desk: Connection, people: People, visit: int
) -> None:
    for id in ("photo-one", "photo-one", "photo-two"):
        answer = add(desk, people, visit, id)
    assert (answer.state, answer.sha256) == ("known", SHA256)
    assert len(shown(desk, visit)) == 1
    assert add(desk, people, visit, "photo-two", point="food_people").state == "kept"  # it shows that as well


def test_what_arrives_with_other_bytes_than_the_phone_counted_is_not_confirmed(
    desk: Connection, people: People, visit: int
) -> None:
    answer = add(desk, people, visit, claimed_sha256="0" * 64)
    assert answer.state == "refused" and "传输中损坏" in answer.says and "再传一次" in answer.do
    assert shown(desk, visit) == []
    assert add(desk, people, visit, claimed_sha256=SHA256.upper()).state == "kept"


def test_an_id_that_is_taken_keeps_its_photo(desk: Connection, people: People, visit: int) -> None:
    add(desk, people, visit)
    answer = add(desk, people, visit, **{**another(1), "id": "photo-one"})
    assert answer.state == "refused" and "编号已经用过" in answer.says
    assert [each.sha256 for each in shown(desk, visit)] == [SHA256]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"point": "point_of_nowhere"}, "没有这个要点"),
        ({"id": ""}, "编号"),
        ({"id": "../../x"}, "编号"),
        ({"id": "x" * 65}, "编号"),
    ],
)
def test_a_photo_of_nothing_that_is_looked_at_is_refused_in_words(
    desk: Connection, people: People, visit: int, other: dict[str, str], said: str
) -> None:
    answer = add(desk, people, visit, **other)
    assert answer.state == "refused" and said in answer.says and answer.do


def test_a_photo_of_the_place_as_a_whole_needs_no_point(desk: Connection, people: People, visit: int) -> None:
    assert add(desk, people, visit, point="").state == "kept"


def test_a_photo_from_far_away_is_kept_and_flagged(desk: Connection, people: People, visit: int) -> None:
    for n in range(3):
        add(desk, people, visit, **another(n))
    assert add(desk, people, visit, position=replace(HERE, latitude=39.9)).state == "kept"
    assert {each.sha256 for each in shown(desk, visit) if each.far} == {SHA256}


def test_a_photo_that_comes_after_the_closing_is_kept_and_flagged(
    desk: Connection, people: People, visit: int
) -> None:
    add(desk, people, visit, **another(1))
    hold(desk, visit, at=THERE + timedelta(hours=1))
    assert add(desk, people, visit, now=THERE + timedelta(hours=5)).state == "kept"
    assert {each.sha256 for each in shown(desk, visit) if each.late} == {SHA256}


def test_a_photo_from_a_phone_a_year_behind_gets_our_time_and_a_flag(
    desk: Connection, people: People, visit: int
) -> None:
    off = timedelta(days=-365)
    add(desk, people, visit, taken_at=THERE - timedelta(minutes=5) + off, sent_at=THERE + off)
    (photo,) = shown(desk, visit)
    assert (photo.taken_at, photo.skewed) == (THERE - timedelta(minutes=5), True)


def test_a_visit_has_four_hundred_photos_at_most_and_says_so(
    desk: Connection, people: People, visit: int
) -> None:
    add(desk, people, visit)
    (row,) = desk.execute(select(inspection_photos)).mappings()
    more = [{**row, "id": f"more-{n}", "sha256": f"{n:064}"} for n in range(1, MOST_PHOTOS)]
    desk.execute(insert(inspection_photos), more)
    answer = add(desk, people, visit, **another(1))
    assert answer.state == "refused" and "400 张" in answer.says
    assert add(desk, people, visit).state == "known"  # one that is there is still confirmed
    assert desk.execute(select(func.count()).select_from(inspection_photos)).scalar_one() == MOST_PHOTOS


def test_nobody_else_adds_a_photo(desk: Connection, people: People, visit: int) -> None:
    for who in ("applicant", "urban", "elsewhere"):
        with pytest.raises(NotFound):
            add(desk, people, visit, user=people[who])
