"""Working days: public holidays, make-up days, and years whose holidays nobody has announced yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.days import add_working_days, end_of, is_provisional, is_working, working_days_between

days = st.dates(date(2004, 1, 2), date(2030, 12, 31))
lengths = st.integers(0, 60)


def test_national_day_is_no_working_day_and_the_make_up_days_are() -> None:
    assert not any(is_working(date(2026, 10, day)) for day in range(1, 8))
    assert is_working(date(2026, 9, 20)), "a Sunday worked in exchange"
    assert is_working(date(2026, 10, 10)), "a Saturday worked in exchange"
    assert not is_working(date(2026, 10, 11)), "a plain Sunday"


def test_a_limit_across_national_day_counts_the_make_up_saturday() -> None:
    assert add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert add_working_days(date(2026, 9, 30), 4) == date(2026, 10, 12)


def test_the_day_on_which_a_period_starts_does_not_count() -> None:
    assert add_working_days(date(2026, 11, 23), 1) == date(2026, 11, 24)
    assert add_working_days(date(2026, 11, 22), 1) == date(2026, 11, 23), "from a Sunday, the Monday"
    assert add_working_days(date(2026, 11, 23), 0) == date(2026, 11, 23)


def test_a_year_not_announced_yet_is_a_plain_week_and_says_so() -> None:
    assert is_provisional(date(2031, 1, 1)) and not is_provisional(date(2026, 12, 31))
    assert is_working(date(2031, 1, 3)) and not is_working(date(2031, 1, 4))


def test_a_period_ends_when_the_office_closes_in_china() -> None:
    assert end_of(date(2026, 11, 24)).isoformat() == "2026-11-24T17:00:00+08:00"


def test_a_period_of_negative_length_is_refused() -> None:
    with pytest.raises(ValueError):
        add_working_days(date(2026, 11, 23), -1)


@given(days, lengths)
def test_counting_back_gives_the_number_of_days_added(start: date, n: int) -> None:
    assert working_days_between(start, add_working_days(start, n)) == n


@given(days, lengths, lengths)
def test_two_periods_after_each_other_are_one_long_period(start: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(start, first), second) == add_working_days(start, first + second)


@given(days, st.integers(1, 60))
def test_a_period_ends_on_a_working_day_and_one_day_more_ends_later(start: date, n: int) -> None:
    end = add_working_days(start, n)
    assert is_working(end)
    assert add_working_days(start, n + 1) > end > start


@given(days, st.integers(0, 400))
def test_the_count_between_two_days_has_opposite_signs_in_the_two_directions(one: date, apart: int) -> None:
    other = one + timedelta(days=apart)
    assert working_days_between(one, other) == -working_days_between(other, one)


@given(days)
def test_a_week_without_announced_changes_has_five_working_days(day: date) -> None:
    if is_provisional(day) and is_provisional(day + timedelta(days=7)):
        assert working_days_between(day, day + timedelta(days=7)) == 5
