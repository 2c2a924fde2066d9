"""What can be said of a happening: the name of each value that a sentence may ask for, and its words."""

import re
from collections.abc import Mapping, Sequence, Sized
from datetime import date, datetime

from engine.days import LOCAL
from engine.happenings import Happened
from engine.letters.write import Letter
from engine.linked import told_of
from engine.outbox.sentences import Said

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+([+-][0-9:]+|Z)?)?", re.ASCII)
MOST_NAMED = 3  # items in one sentence
ALWAYS = ("operator", "case_number")  # of every happening
ABOUT = ("items", "offices", "letters")  # there when the happening is about items, or a letter goes with it
# Kind → the values that its sentences may ask for (see engine.happenings.KINDS).
VALUES: Mapping[str, tuple[str, ...]] = {
    "submitted": (),
    "accepted": ("silent",),
    "not_accepted": ("ground", "right_body", "reasons"),
    "correction_asked": ("round", "due_on", "points"),
    "corrected": ("round",),
    "correction_lapsed": ("round", "due_on"),
    "visit_arranged": ("how", "place", "slots", "answer_by", "note"),
    "visit_settled": ("how", "place", "day", "half", "note"),
    "inspected": ("held_on", "failed"),
    "reinspected": ("held_on", "failed"),
    "rectification_asked": ("due_on", "failures"),
    "rectified": (),
    "rectification_lapsed": ("due_on",),
    "recheck_planned": ("how", "place", "day", "half"),
    "announced": ("place", "first_day", "last_day"),
    "hearing_offered": ("ask_by", "reasons"),
    "hearing_asked": (),
    "hearing_declined": ("by",),
    "hearing_called": ("takes_place_at", "place", "chair"),
    "hearing_held": ("held_on", "chair", "conclusion"),
    "paused": ("kind", "days", "reason", "law"),
    "resumed": ("kind",),
    "extended": ("days", "reason", "approver"),
    "later_promised": ("label", "promised_on"),
    "later_handed_in": ("label",),
    "later_lapsed": ("label", "promised_on"),
    "granted": ("reasons", "commitment", "number"),
    "refused": ("reasons",),
    "withdrawn": ("reasons", "name", "anew", "stays", "runs_out"),
    "ended": ("status",),
    "commitment_due": ("days",),
    "commitment_withdrawn": (),
    "commitment_kept": (),
    "commitment_to_mend": ("words", "until"),
    "commitment_false": ("words",),
    "revoked": ("reasons", "document", "number"),
    "life_asked": ("name", "what", "days"),
    "life_refused": ("name", "reasons", "stays", "runs_out"),
    "changed": ("what", "issue"),
    "renewed": ("silent", "document", "number", "until", "issue"),
    "cancelled": ("document", "number"),
    "reissued": ("issue", "number", "reasons"),
    "suspended": ("document", "number", "reasons", "until"),
    "suspension_lifted": ("document", "number", "reasons", "issue"),
    "suspension_over": ("document", "number", "until"),
    "revocation_planned": ("words", "document", "number"),
    "revocation_dropped": ("document", "number"),
    "overtaken": ("name",),
    "renewal_due": ("document", "number", "until", "days", "opens", "closes", "missed"),
    "expired": ("document", "number", "until"),
}
# What steps of a diagram tell by their handlers, and what is told beside the diagrams. To an office go
# `overdue`, `unclaimed`, `undelivered` and `suspension_due`.
STEPS: Mapping[str, tuple[str, ...]] = {
    "finished": (),
    "overdue": ("step",),
    "posted": ("carrier", "tracking"),
    "unclaimed": ("waiting",),
    "undelivered": ("waiting", "due_on"),
    "suspension_due": ("document", "number", "until"),
}
# A short message is read on a locked screen: nothing personal, only numbers, days and times.
IN_SHORT = frozenset(
    {"case_number", "days", "points", "due_on", "first_day", "last_day", "ask_by", "held_on"}
    | {"takes_place_at", "promised_on", "until", "round", "answer_by", "day", "half", "failures"}
)


def sayable(kind: str) -> tuple[str, ...]:
    """The names that the sentences of a kind may use."""
    if kind in STEPS:
        return (*ALWAYS, *STEPS[kind])
    return (*ALWAYS, *ABOUT, *VALUES[kind])


def said(
    happened: Happened, letters: Sequence[Letter], codes: Mapping[str, Mapping[str, str]]
) -> dict[str, Said]:
    """Every value of a happening that is there, in words; `codes` has the words for values that are codes."""
    case, catalogue = happened.case, happened.deployment.catalogue_on(happened.case.filed_on)
    found: dict[str, object] = {"operator": case.operator, "case_number": case.number}
    items = [each for each in happened.items if each in catalogue.items]
    found["items"] = _names([catalogue.items[each].name for each in items], len(case.items))
    offices = (catalogue.authority_of(each, case.region) for each in items)
    found["offices"] = "、".join(dict.fromkeys(offices))
    found["letters"] = "、".join(f"《{letter.name}》{letter.number}" for letter in letters)
    told = {**told_of(case.process), **happened.values}
    found |= {name: told.get(name) for name in VALUES[happened.kind]}
    return {
        name: Said(codes.get(name, {}).get(str(value), in_words(value)))
        for name, value in found.items()
        if not (value is None or value is False or (isinstance(value, Sized) and not value))
    }


def in_words(value: object) -> str:
    """A value as people read it: days and times in Chinese, a list by how many it has; True says nothing."""
    if value is True:
        return ""
    if isinstance(value, str):
        value = _moment(value)
    if isinstance(value, datetime):
        here = value.astimezone(LOCAL) if value.tzinfo else value
        return f"{here.year}年{here.month}月{here.day}日{here:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(len(value)) if isinstance(value, list | tuple) else str(value)


def _moment(text: str) -> str | date | datetime:
    """The day or the moment that a text in ISO form stands for, or the text itself."""
    if not _ISO.fullmatch(text):
        return text
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text


def _names(names: Sequence[str], all_: int) -> str:
    """The names of the items that a sentence is about, of `all_` that the case has; few are named."""
    shown, count = "、".join(names[:MOST_NAMED]), len(names)
    if not names or (count == all_ and count > MOST_NAMED):
        return f"全部 {count} 个事项" if names else "全部事项"
    return shown if count <= MOST_NAMED else f"{shown}等 {count} 个事项"
