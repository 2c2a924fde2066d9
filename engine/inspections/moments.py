"""Puts the times of a phone right whose clock is wrong: by how far it was off when it sent them."""

from datetime import UTC, datetime, timedelta

LONGEST = timedelta(days=3650)  # that anything can have waited in a phone
NOTABLE = 300  # seconds of skew from which it is shown
_LARGEST = 2**31 - 1  # what the column holds: 68 years


def read_moment(text: object) -> datetime | None:
    """A moment as a phone writes it (ISO 8601 with its zone), or None for anything else."""
    if not isinstance(text, str) or len(text) > len("2026-11-23T01:30:00.000000+08:00"):
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def skew_of(sent_at: datetime, now: datetime) -> int:
    """By how many seconds the phone's clock was ahead of ours when it sent something."""
    seconds = round((sent_at - now).total_seconds())
    return max(-_LARGEST, min(_LARGEST, seconds))


def put_right(noted: datetime, sent_at: datetime, now: datetime) -> datetime:
    """When something was noted, by our clock: as long ago as the phone says, and never in the future."""
    return now - min(max(sent_at - noted, timedelta()), LONGEST)


def is_notable(skew: int) -> bool:
    """Whether a phone's clock was so far off that whoever reads the sheet should know."""
    return abs(skew) > NOTABLE
