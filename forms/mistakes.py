"""What a process designer got wrong: collected with file, element and remedy, never raised one at a time."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Mistake:
    """One mistake in a designer's file.

    `file` is relative to the top folder, `element` a BPMN element id or a YAML key path,
    `says` and `do` are Chinese sentences: what is wrong, and what mends it.
    """

    file: str
    element: str
    says: str
    do: str

    def __str__(self) -> str:
        return f"{self.file} · {self.element}：{self.says}{self.do}"


class Mistakes(Exception):
    """A designer's files cannot be used; `mistakes` names each place and its remedy."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


def nearest(word: str, known: Iterable[str]) -> str:
    """The sentence that offers the nearest known word, or an empty string when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"您是不是要写“{near[0]}”？" if near else ""
