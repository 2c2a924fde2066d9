"""Promises the plain values that a template reads: what a frozen guide says, as JSON can carry it."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from certificates.document import chinese_day


def plain(value: Any) -> Any:
    """Dataclasses as dicts, tuples as lists, days in Chinese; texts and numbers as they are."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return chinese_day(value) if isinstance(value, date) else value
