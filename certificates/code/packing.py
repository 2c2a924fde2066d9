"""Promises texts and days in as few bytes as a QR code has room for, and back again."""

import base64
import hashlib
from datetime import date, timedelta

# What numbers and credit codes are written in; others are kept as they are.
CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
FIRST_DAY = date(2020, 1, 1)
DAY_BYTES = 2
NO_END: int = 2 ** (8 * DAY_BYTES) - 1  # also for what ends after 2199
LICENCE_BYTES = 3
CUT = "…"


def pack(text: str) -> bytes | str:
    """The text as one number to base 37 with a 1 before it; the text itself when it has other characters."""
    if not text or not set(text) <= set(CHARACTERS):
        return text
    number = 1
    for character in text:
        number = number * len(CHARACTERS) + CHARACTERS.index(character)
    return number.to_bytes((number.bit_length() + 7) // 8)


def unpack(packed: bytes | str) -> str:
    """The text that `pack` packed."""
    if isinstance(packed, str):
        return packed
    number, text = int.from_bytes(packed), ""
    while number > 1:
        number, place = divmod(number, len(CHARACTERS))
        text = CHARACTERS[place] + text
    return text


def cut(text: str, most: int) -> bytes:
    """The text in GB 18030, at most so many bytes: a longer one ends in … after a whole character."""
    encoded = text.encode("gb18030")
    while len(encoded) > most:
        text = text.removesuffix(CUT)[:-1] + CUT
        encoded = text.encode("gb18030")
    return encoded


def is_cut_of(short: str, text: str) -> bool:
    """Whether `short` is the text, or how `cut` left it."""
    return short == text or (short.endswith(CUT) and text.startswith(short[: -len(CUT)]))


def day_number(day: date) -> int:
    """Days since 2020-01-01."""
    return (day - FIRST_DAY).days


def numbered_day(number: int) -> date:
    """The day that `day_number` counted."""
    return FIRST_DAY + timedelta(days=number)


def pack_licence(name: str, ends: date | None) -> bytes:
    """A licence in five bytes: the mark of its name, and its last day."""
    last = NO_END if ends is None else max(0, min(day_number(ends), NO_END))
    return licence_mark(name) + last.to_bytes(DAY_BYTES)


def unpack_licences(packed: bytes) -> tuple[tuple[bytes, date | None], ...]:
    """Mark and last day of each licence; ValueError when the bytes do not come out even."""
    size = LICENCE_BYTES + DAY_BYTES
    if len(packed) % size:
        raise ValueError("a licence has five bytes")
    each = (packed[place : place + size] for place in range(0, len(packed), size))
    return tuple((one[:LICENCE_BYTES], _last_day(int.from_bytes(one[LICENCE_BYTES:]))) for one in each)


def licence_mark(name: str) -> bytes:
    """The first three bytes of the SHA-256 of a licence's name (UTF-8), for which there is no room itself."""
    return hashlib.sha256(name.encode()).digest()[:LICENCE_BYTES]


def base64url(raw: bytes) -> str:
    """The bytes in the alphabet for addresses, without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _last_day(number: int) -> date | None:
    return None if number == NO_END else numbered_day(number)
