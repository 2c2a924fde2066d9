"""Reads the few words that a person writes about a hearing beside its forms."""

from engine.errors import Invalid
from forms.characters import storable, tidy

LONGEST = 1000


def written(text: str, field: str, wanted: str = "") -> str:
    """The words of an input, tidied; Invalid at `field` when too long, or missing where `wanted` asks so."""
    words = tidy(storable(text))
    if len(words) > LONGEST:
        raise Invalid({field: f"请写得简短一些，最多 {LONGEST} 个字，现在有 {len(words)} 个字。"})
    if wanted and not words:
        raise Invalid({field: wanted})
    return words
