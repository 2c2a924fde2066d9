"""Where photos were taken, as far as a phone says so: measured and flagged, never taken for the truth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, isfinite, radians, sin, sqrt
from statistics import median

EARTH = 6_371_000  # metres, mean radius
APART = 1_000  # metres from the middle of the visit's photos: further away is shown
REACH, CENTRE = "visit_reach_km", "centre"  # settings of a region


@dataclass(frozen=True)
class Position:
    """A place in degrees (WGS 84), and how many metres it may be off, None when the phone did not say."""

    latitude: float
    longitude: float
    accuracy: float | None = None


def read_position(raw: object) -> Position | None:
    """The position that a phone sent ({latitude, longitude, accuracy}), or None for no place on earth."""
    if not isinstance(raw, Mapping):
        return None
    latitude, longitude, accuracy = (_number(raw.get(name)) for name in ("latitude", "longitude", "accuracy"))
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Position(latitude, longitude, accuracy if accuracy is not None and accuracy >= 0 else None)


def distance(one: Position, other: Position) -> float:
    """Metres between two places (haversine: right to half a percent)."""
    south, north = radians(one.latitude), radians(other.latitude)
    across = sin((radians(other.longitude) - radians(one.longitude)) / 2) ** 2
    share = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * across
    return 2 * EARTH * asin(sqrt(min(1.0, share)))


def far_ones(positions: Sequence[Position | None], settings: Mapping[str, object]) -> list[bool]:
    """Which of a visit's positions are far from its region's centre, or from the middle of all of them.

    Without `centre` and `visit_reach_km` in the settings only the second counts; what the phone may be off
    counts for it.
    """
    known = [each for each in positions if each is not None]
    places: list[tuple[Position, float]] = []
    centre, reach = _centre(settings.get(CENTRE)), settings.get(REACH)
    if centre is not None and isinstance(reach, int | float):
        places.append((centre, reach * 1000))
    if known:
        places.append((_middle(known), APART))
    return [each is not None and _is_far(each, places) for each in positions]


def _is_far(position: Position, places: Iterable[tuple[Position, float]]) -> bool:
    return any(distance(position, place) - (position.accuracy or 0) > metres for place, metres in places)


def _middle(known: Sequence[Position]) -> Position:
    """The medians: one photo from elsewhere does not move them."""
    return Position(median(each.latitude for each in known), median(each.longitude for each in known))


def _centre(value: object) -> Position | None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return None
    return read_position({"latitude": value[0], "longitude": value[1]})


def _number(value: object) -> float | None:
    """A number, also as text, for a form sends nothing else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None
