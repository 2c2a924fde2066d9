"""Sentences with gaps: `{name}` stands for a value, and `[…]` is said only when its values are there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

MISSING = "（见办件页面）"  # said for a value that should be there: better than a message that never comes
_GAP = re.compile(r"\{([a-z_]+)\}")
_PART = re.compile(r"\[([^\[\]]*)\]")
_TWICE = re.compile(r"([。！？；，])[。；，]")


@dataclass(frozen=True)
class Said:
    """A value as it is said; `words` may be "" where only its being there counts."""

    words: str


def gaps(sentence: str) -> tuple[str, ...]:
    """The names in a sentence, in their order."""
    return tuple(_GAP.findall(sentence))


def is_sound(sentence: str) -> bool:
    """Whether every brace and bracket in it belongs to a gap or to one part."""
    rest = _GAP.sub("", _PART.sub(lambda part: part[1], sentence))
    return not any(sign in rest for sign in "{}[]")


def fill(sentence: str, values: Mapping[str, Said]) -> str:
    """The sentence with its gaps filled; a value that ends in a full stop gets no second one."""

    def part(found: re.Match[str]) -> str:
        return found[1] if all(name in values for name in gaps(found[1])) else ""

    def gap(found: re.Match[str]) -> str:
        value = values.get(found[1])
        return MISSING if value is None else value.words

    filled = _GAP.sub(gap, _PART.sub(part, sentence))
    return _TWICE.sub(r"\1", " ".join(filled.split()))
