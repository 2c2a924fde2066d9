"""Promises which licence an item of a case is about: one granted earlier, or the one that it brought."""

from sqlalchemy import ColumnElement

from engine.cases import Case
from engine.linked import POST_CHECK
from engine.tables import licences


def is_about(case: Case, item: str) -> ColumnElement[bool]:
    """Whether it is the licence that the case names for this item, or the one that its case granted.

    The check of a promise names none: it is about the licence that the case before it brought.
    """
    named = case.words.get("licences")
    if isinstance(named, dict):
        return licences.c.id == named.get(item)
    granted_in = case.parent_id if case.process == POST_CHECK else case.id
    return (licences.c.case_id == granted_in) & (licences.c.item == item)
