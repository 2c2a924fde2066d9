"""Promises what holds for every licence whose item names no rule of its own: days, scope, document."""

from datetime import date

from engine.departments.registry import Days, Term, Wording, document_rule, scope_rule, validity_rule


@validity_rule("usual.validity")
def validity(term: Term) -> Days:
    """Whole years from the day of the decision; a renewal goes on where the licence before it ends.

    行政许可法第五十条: a licence is renewed before it ends, so that none of its days is lost.
    """
    if term.previous_end is None:
        return term.starts, last_day(term.starts, term.years)
    first = date.fromordinal(term.previous_end.toordinal() + 1)
    return first, last_day(first, term.years)


@scope_rule("usual.scope")
def scope(wording: Wording) -> str:
    """The answers as they were given, in the order of the item's file."""
    return "；".join(word for word in wording.words.values() if word)


@document_rule("usual.title")
def title(wording: Wording) -> str:
    """The document that the item's file names."""
    return wording.document


def last_day(start: date, years: int | None) -> date | None:
    """The last day of validity: the day before the same date `years` later; None for no expiry."""
    if years is None:
        return None
    leap_day = start.month == 2 and start.day == 29
    same_day = start.replace(
        year=start.year + years, month=3 if leap_day else start.month, day=1 if leap_day else start.day
    )
    return date.fromordinal(same_day.toordinal() - 1)
