"""Where a photo was taken is measured and shown when it is strange, never believed."""

import pytest

from engine.inspections.places import Position, distance, far_ones, read_position

RESTAURANT = Position(36.8135, 118.0178)
DISTRICT = {"centre": [36.81, 118.02], "visit_reach_km": 30}


def near(metres: float) -> Position:
    """A place so far to the north of the restaurant."""
    return Position(RESTAURANT.latitude + metres / 111_195, RESTAURANT.longitude)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "36.8,118.0",
        {"latitude": 36.8},
        {"latitude": 91, "longitude": 118},
        {"latitude": 36.8, "longitude": -180.1},
        {"latitude": float("nan"), "longitude": 118},
        {"latitude": "1e999", "longitude": "118"},
        {"latitude": True, "longitude": 118},
        {"latitude": [36.8], "longitude": 118},
    ],
)
def test_what_is_no_place_on_earth_is_no_position(raw: object) -> None:
    assert read_position(raw) is None


def test_a_position_is_read_as_numbers_or_as_a_form_sends_them() -> None:
    wanted = Position(36.8135, 118.0178, 12.5)
    assert read_position({"latitude": 36.8135, "longitude": 118.0178, "accuracy": 12.5}) == wanted
    assert read_position({"latitude": "36.8135", "longitude": "118.0178", "accuracy": "12.5"}) == wanted
    assert read_position({"latitude": 36.8135, "longitude": 118.0178, "accuracy": -1}) == RESTAURANT


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance(Position(36, 118), Position(37, 118)) == pytest.approx(111_195, rel=0.001)


def test_a_photo_from_another_city_is_far_and_those_around_it_are_not() -> None:
    taken = [near(0), None, near(80), near(-120), Position(39.9, 116.4), near(30)]
    assert far_ones(taken, DISTRICT) == [False, False, False, False, True, False]
    assert far_ones(taken, {}) == [False, False, False, False, True, False]


def test_photos_that_were_all_taken_elsewhere_are_far_from_the_region() -> None:
    beijing = [Position(39.9, 116.4), Position(39.9, 116.4)]
    assert far_ones(beijing, DISTRICT) == [True, True]
    assert far_ones(beijing, {}) == [False, False]  # a region without a centre cannot tell


def test_what_a_phone_may_be_off_counts_for_it() -> None:
    doubtful = near(1_500)
    rest = [near(0)] * 3
    assert far_ones([*rest, doubtful], DISTRICT)[-1]
    vague = Position(doubtful.latitude, doubtful.longitude, accuracy=800)
    assert not far_ones([*rest, vague], DISTRICT)[-1]


@pytest.mark.parametrize("centre", ["36.8", [36.8], [36.8, 118, 0], ["north", 118], None])
def test_a_centre_that_is_none_flags_nothing(centre: object) -> None:
    assert far_ones([RESTAURANT], {"centre": centre, "visit_reach_km": 30}) == [False]
