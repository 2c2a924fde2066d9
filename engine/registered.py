"""Promises which certificates a word names: by part of a name or address or by a number, along indexes only.

PostgreSQL's own index over pairs of neighbouring characters finds parts of Chinese names
(docs/decisions/codes.md).
"""

import unicodedata
from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, or_, select

from engine.errors import Invalid
from engine.tables import licences, registry_entries

LONGEST = 60  # characters of all words together
ENTRIES = registry_entries.c


def named_by(db: Connection, word: str) -> ColumnElement[bool]:
    """The entries that have this word in their name or address, or as a number of their own.

    Raises Invalid at q for a word that is too short to look for.
    """
    sought = plain(word)
    if len(sought) < 2:
        raise Invalid({"q": "每个词至少要有两个字。"})
    named = ENTRIES.pairs.contains(pairs(sought)) & ENTRIES.searched.contains(sought, autoescape=True)
    code = as_number(word)
    if not code.isascii():
        return named | (ENTRIES.certificate_id == _of_licence(db, code))
    numbered = or_(
        ENTRIES.number.startswith(code, autoescape=True),
        ENTRIES.uscc == code,
        ENTRIES.certificate_id == _of_licence(db, code),
    )
    return numbered if sought.isdigit() else numbered | named


def as_number(word: str) -> str:
    """The word as numbers are written: letters as capitals, and one with a Han in it as it is."""
    return word.upper() if word.isascii() else word


def plain(text: str) -> str:
    """The letters, digits and Han of a text, in one width and case."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in normal if character.isalnum())


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters."""
    return [one + other for one, other in pairwise(text)]


def _of_licence(db: Connection, number: str) -> int:
    """The certificate of the licence with this number; 0 for none, which is no certificate's id."""
    query = select(licences.c.certificate_id).where(licences.c.number == number)
    return int(db.execute(query).scalar() or 0)
