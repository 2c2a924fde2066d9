"""Promises that a rule or handler is found by the name that a file calls it, and by no other.

Each department's module registers its own rules and handlers; a name that is taken is an error at start,
so that no department can quietly replace another's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Connection

from engine.said import Said
from forms.mistakes import nearest

R = TypeVar("R")


@dataclass(frozen=True)
class Numbering:
    """What a licence number is made from: region code (6 digits), year, running number (from 1), answers."""

    region: str
    year: int
    serial: int
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Term:
    """What the days of a licence are made from.

    `starts` is the day of the decision; `years` whole years of validity, None for no expiry; `previous_end`
    the last day of the licence that this one renews, None for a new one.
    """

    starts: date
    years: int | None
    answers: Mapping[str, object] = field(default_factory=dict)
    previous_end: date | None = None


@dataclass(frozen=True)
class Wording:
    """What a licence's words are made from: its document by its item's file, its answers, those in words.

    `words` has the fields that say its scope, in the file's order: label → answer in words.
    """

    document: str
    answers: Mapping[str, object] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


Write = Callable[[Numbering], str]
Days = tuple[date, date | None]
SetDays = Callable[[Term], Days]
Word = Callable[[Wording], str]


@dataclass(frozen=True)
class NumberRule:
    """How one kind of document is numbered; `yearly` ones print the year and start again with it."""

    name: str
    write: Write
    yearly: bool

    def series(self, region: str, year: int) -> str:
        """The key of the gapless running number that this rule takes its serial from."""
        return f"licence/{self.name}/{region}/{year}" if self.yearly else f"licence/{self.name}/{region}"


@dataclass(frozen=True)
class HandlerTask:
    """A service task that waits for its handler; `task_id` is the key by which it is done once."""

    case_id: int
    task_id: str
    step: str
    item: str | None
    department: str
    region: str


# A handler returns what it did in one word, which is kept on the task as its outcome; or what it says, too.
Handler = Callable[[Connection, HandlerTask, datetime], str | Said]

_rules: dict[str, NumberRule] = {}
_validity: dict[str, SetDays] = {}
_scopes: dict[str, Word] = {}
_documents: dict[str, Word] = {}
_handlers: dict[str, Handler] = {}


class NameTaken(ValueError):
    """Two rules or two handlers claim one name: a fault of the program."""


class UnknownName(LookupError):
    """A designer's file names a rule or handler that no department has; the message offers the nearest."""

    def __init__(self, kind: str, name: str, known: Mapping[str, object]) -> None:
        self.name = name
        hint = nearest(name, known) or f"可用的有：{'、'.join(sorted(known))}。"
        super().__init__(f"没有名为“{name}”的{kind}。{hint}")


class NotNumbered(ValueError):
    """A rule cannot make a number: an answer it needs is missing, or its running numbers are used up."""


def number_rule(name: str, *, yearly: bool) -> Callable[[Write], Write]:
    """Register a licence-number rule under `<department>.<document>`; NameTaken when there is one already."""

    def register(write: Write) -> Write:
        if name in _rules:
            raise NameTaken(f"number rule {name!r} is registered twice")
        _rules[name] = NumberRule(name, write, yearly)
        return write

    return register


def find_rule(name: str) -> NumberRule:
    """The rule that an item's `licence.number` names; UnknownName offers the nearest."""
    if name not in _rules:
        raise UnknownName("证件编号规则", name, _rules)
    return _rules[name]


class NotDated(ValueError):
    """A rule cannot set a licence's days: an answer it needs is missing or out of the question."""


def validity_rule(name: str) -> Callable[[SetDays], SetDays]:
    """Register a rule that says from when to when a licence holds; NameTaken when there is one already."""
    return _register(_validity, name)


def scope_rule(name: str) -> Callable[[Word], Word]:
    """Register a rule that words a licence's scope; NameTaken when there is one already."""
    return _register(_scopes, name)


def document_rule(name: str) -> Callable[[Word], Word]:
    """Register a rule that names a licence's document; NameTaken when there is one already."""
    return _register(_documents, name)


def find_validity(name: str) -> SetDays:
    """The rule that an item's `licence.validity` names; UnknownName offers the nearest."""
    return _find(_validity, "有效期规则", name)


def find_scope(name: str) -> Word:
    """The rule that an item's `licence.scope` names; UnknownName offers the nearest."""
    return _find(_scopes, "许可范围规则", name)


def find_document(name: str) -> Word:
    """The rule that an item's `licence.title` names; UnknownName offers the nearest."""
    return _find(_documents, "证件名称规则", name)


def rules_by_key() -> Mapping[str, frozenset[str]]:
    """Every rule there is, by the key of `licence:` that names it, for the check of designers' files."""
    return {
        "number": frozenset(_rules),
        "validity": frozenset(_validity),
        "scope": frozenset(_scopes),
        "title": frozenset(_documents),
    }


def _register(rules: dict[str, R], name: str) -> Callable[[R], R]:
    def register(rule: R) -> R:
        if name in rules:
            raise NameTaken(f"rule {name!r} is registered twice")
        rules[name] = rule
        return rule

    return register


def _find(rules: Mapping[str, R], kind: str, name: str) -> R:
    if name not in rules:
        raise UnknownName(kind, name, rules)
    return rules[name]


def handler(name: str) -> Callable[[Handler], Handler]:
    """Register the handler that a diagram calls `name`; NameTaken when there is one already."""

    def register(work: Handler) -> Handler:
        if name in _handlers:
            raise NameTaken(f"handler {name!r} is registered twice")
        _handlers[name] = work
        return work

    return register


def find_handler(name: str) -> Handler:
    """The handler that a step's `handler` names; UnknownName offers the nearest."""
    if name not in _handlers:
        raise UnknownName("自动环节", name, _handlers)
    return _handlers[name]


def handler_names() -> frozenset[str]:
    """Every handler registered so far, for the check of designers' files."""
    return frozenset(_handlers)


def serial_digits(serial: int, digits: int) -> str:
    """The running number in exactly `digits` digits; NotNumbered when it no longer fits."""
    if not 0 < serial < 10**digits:
        raise NotNumbered(f"顺序号 {serial} 超出 {digits} 位，请联系管理人员启用新的编号规则。")
    return f"{serial:0{digits}d}"


def document_number(kind: str, numbering: Numbering) -> str:
    """A number in the style of an official document: region code, kind, year, running number.

    The region's code stands where offices print an abbreviation of their name; 10000 takes five digits.
    """
    return f"{numbering.region}{kind}字〔{numbering.year}〕第{numbering.serial:04d}号"
