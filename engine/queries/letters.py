"""The letters that a person may read or hand over: access is part of the query."""

from sqlalchemy import Connection, exists

from engine.errors import NotFound
from engine.people import User
from engine.queries.cases import works_on
from engine.queries.letter_lines import LetterLine, letter_lines
from engine.queries.pushes import Push
from engine.queries.sight import items_seen
from engine.tables import cases, letters, memberships

NO_LETTER = "没有找到这份文书。"
WINDOW = "window"


def applicants_letter(db: Connection, user: User, number: str, letter: int) -> LetterLine:
    """The letter if this person filed its case; NotFound otherwise."""
    return _one(
        letter_lines(db, letters.c.id == letter, cases.c.number == number, cases.c.applicant_id == user.id)
    )


def staff_letter(db: Connection, user: User, number: str, letter: int) -> LetterLine:
    """The letter if an office of this person works on its case and on its item; NotFound otherwise."""
    found = _one(letter_lines(db, letters.c.id == letter, cases.c.number == number, works_on(user)))
    seen = items_seen(db, user, found.case_id)
    if found.item and seen is not None and found.item not in seen:
        raise NotFound(NO_LETTER)
    return found


def window_letter(db: Connection, user: User, number: str, letter: int) -> LetterLine:
    """The letter if this person works at the window of its case's region; NotFound otherwise."""
    here = exists().where(
        memberships.c.user_id == user.id,
        memberships.c.role == WINDOW,
        memberships.c.region == cases.c.region,
    )
    return _one(letter_lines(db, letters.c.id == letter, cases.c.number == number, here))


def letters_told(db: Connection, push: Push) -> tuple[LetterLine, ...]:
    """The letters about the item that a regulator was told of; none about the whole case."""
    return letter_lines(db, letters.c.case_id == push.case_id, letters.c.item == push.item)


def regulators_letter(db: Connection, push: Push, letter: int) -> LetterLine:
    """One of them; NotFound for any other."""
    return _one(
        letter_lines(
            db, letters.c.id == letter, letters.c.case_id == push.case_id, letters.c.item == push.item
        )
    )


def _one(found: tuple[LetterLine, ...]) -> LetterLine:
    if not found:
        raise NotFound(NO_LETTER)
    return found[0]
