"""A certificate's number follows the pattern that a region sets."""

import pytest

from certificates.number import PATTERN, WrongPattern, certificate_number


def test_the_number_names_region_year_and_turn() -> None:
    made = certificate_number(PATTERN, region="370303", year=2026, serial=1)
    assert made == "370303-YZ-2026-000001"


def test_a_region_may_set_another_pattern() -> None:
    made = certificate_number("YZ{year}{region}{serial:05d}", region="370303", year=2026, serial=42)
    assert made == "YZ202637030300042"


@pytest.mark.parametrize(
    "pattern",
    [
        "{region}-{year}",
        "{serial}",
        "{region}{year}{serial}{case}",
        "{",
        "{region}{year}{serial.real}",
        "{0}",
    ],
)
def test_a_pattern_that_would_repeat_or_cannot_be_filled_is_refused(pattern: str) -> None:
    with pytest.raises(WrongPattern, match="证照编号样式"):
        certificate_number(pattern, region="370303", year=2026, serial=1)
