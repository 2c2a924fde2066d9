"""Puts values into a designer's sentence: {fire_area} becomes 300, {region} the region's name."""

import re
from collections.abc import Mapping

_PLACE = re.compile(r"\{([^{}]*)\}")


def names_in(sentence: str) -> frozenset[str]:
    """The names that stand in braces in `sentence`."""
    return frozenset(_PLACE.findall(sentence))


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """`sentence` with each name in braces replaced by its value. Only names: no formats, no attributes."""
    return _PLACE.sub(lambda match: str(values[match[1]]), sentence)
