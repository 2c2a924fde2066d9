"""Reads the letters of a deployment's files, each with its place for what is wrong in it."""

from dataclasses import dataclass
from functools import lru_cache

from engine.catalogue.sheet import read_sheet
from engine.letters.names import GIVES
from engine.letters.sheet import LetterKind, LetterSheet
from forms.mistakes import Mistake, Mistakes
from forms.source import Document, Files, paths_under

FOLDER = "processes/letters"
LAYOUT = f"{FOLDER}/letter.typ"
Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheets:
    """The letters as read, each with its document, and what is wrong inside any of the files."""

    found: tuple[tuple[Document, LetterKind], ...]
    mistakes: tuple[Mistake, ...]


def read_sheets(files: Files) -> Sheets:
    """All letters in `files`, by name of file."""
    return _read(tuple((path, files[path]) for path in paths_under(files, FOLDER)))


def letters_on(files: Files, happening: str) -> tuple[LetterKind, ...]:
    """The kinds of letter that may follow from this kind of happening; none in files without letters.

    Raises Mistakes for files that were never checked.
    """
    sheets = read_sheets(files)
    if sheets.mistakes:
        raise Mistakes(sheets.mistakes)
    return tuple(kind for _document, kind in sheets.found if kind.on == happening)


def gives(files: Files, letter: str) -> bool:
    """Whether letters of this kind (its id) give something; so does one that is not in the files any more."""
    on = next((kind.on for _document, kind in read_sheets(files).found if kind.id == letter), None)
    return on is None or on in GIVES


@lru_cache(maxsize=64)  # every case of a deployment is worded by the same files
def _read(texts: Texts) -> Sheets:
    mistakes: list[Mistake] = []
    found = (read_sheet(dict(texts), path, LetterSheet(), mistakes) for path, _text in texts)
    read = tuple(each for each in found if each is not None)
    return Sheets(read, tuple(mistakes))
