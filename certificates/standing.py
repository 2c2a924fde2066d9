"""Promises the state of many certificates at once, inside a query, by the same rule as that of one."""

from datetime import date

from sqlalchemy import ColumnElement, Integer, Subquery, case, cast, func, literal, select

from certificates.current import counted, over
from certificates.public import (
    CANCELLED,
    CHANGED,
    EXPIRED,
    PARTLY_VALID,
    SUSPENDED,
    VALID,
    WORDS,
    overall,
)
from certificates.states import LIVE
from engine.tables import licences

# The number of a state in the list and in queries; 0 is a certificate that nobody knows.
STATES = ("", VALID, PARTLY_VALID, CHANGED, CANCELLED, EXPIRED, SUSPENDED)
_LICENCE_STATES = tuple(WORDS)
_EXPIRED = _LICENCE_STATES.index("expired")


def standing(today: date) -> Subquery:
    """The number in STATES of every certificate's state on this day: columns certificate_id and state."""
    mask = func.bit_or(literal(1).op("<<")(_number(today)))
    by_mask = "".join(str(_of(mask)) for mask in range(2 ** len(_LICENCE_STATES)))
    state = cast(func.substr(by_mask, mask + 1, 1), Integer)
    known = licences.c.certificate_id.is_not(None)
    query = select(licences.c.certificate_id, state.label("state")).where(known, counted())
    return query.group_by(licences.c.certificate_id).subquery("standing")


def _number(today: date) -> ColumnElement[int]:
    """A licence's place in the states of licences; one that is over is expired."""
    ended = licences.c.state.in_(LIVE) & over(today)
    places = ((licences.c.state == state, place) for place, state in enumerate(_LICENCE_STATES))
    return case((ended, _EXPIRED), *places)


def _of(mask: int) -> int:
    """The number of the state of a certificate whose licences are in the states that the mask's bits name."""
    words = tuple(WORDS[state] for place, state in enumerate(_LICENCE_STATES) if mask >> place & 1)
    return STATES.index(overall(words)) if words else 0
