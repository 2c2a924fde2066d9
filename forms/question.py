"""Reads one question's definition from YAML."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from forms.amounts import limit_date
from forms.entries import Entry
from forms.fields import Field, Option
from forms.kinds import KINDS, PERSON_COLUMNS, YES_NO_OPTIONS
from forms.mistakes import nearest

PRIVACY = ("public", "personal", "sensitive")
# Names that conditions may use beside fields: what the application is for, what the guide asked, and what the
# caller passes for regions, files, checklists and options.
CONTEXT = frozenset({"items", "answers", "region", "regions", "uploads", "checklist", "options"})
OFFERED = ("items", "inspectors")  # what `options_from` may name: the items of the case, people of an office

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_NARROW = frozenset().union(*(kind.takes for kind in KINDS.values()))


def read_question(id: str, entry: Entry) -> Field:
    """The question that `entry` defines; what is wrong with it is noted in the entry's mistakes."""
    kind = _kind(entry)
    label = entry.text("label")
    question = Field(
        id=id,
        label=label,
        kind=kind,
        hint=entry.text("hint", ""),
        missing=entry.text("error", f"请{KINDS[kind].verb}{label}"),
        required=entry.condition("required", True),
        visible_if=entry.condition("visible_if", True),
        default=entry.text("default", ""),
        options=_options(kind, entry),
        options_from=entry.text("options_from", ""),
        words_when=entry.text("words_when", ""),
        unit=entry.text("unit", ""),
        minimum=entry.text("min", ""),
        maximum=entry.text("max", ""),
        decimals=entry.whole("decimals", 2),
        max_length=entry.whole("max_length", 0),
        columns=_columns(kind, entry),
        min_rows=entry.whole("min_rows", 0),
        max_rows=entry.whole("max_rows", 30),
        shared=entry.text("shared", ""),
        privacy=entry.text("privacy", "public"),
        basis=entry.text("basis", ""),
        printed=entry.flag("printed", False),
        autocomplete=entry.text("autocomplete", KINDS[kind].autocomplete),
    )
    entry.close()
    _check_names(question, entry)
    _check_limits(question, entry)
    return question


def _kind(entry: Entry) -> str:
    name = entry.text("kind")
    if name in KINDS:
        return name
    entry.wrong("kind", f"没有“{name}”这种字段。", nearest(name, KINDS) or f"可用的有：{'、'.join(KINDS)}。")
    return "text"


def _options(kind: str, entry: Entry) -> tuple[Option, ...]:
    if kind == "yes_no":
        return YES_NO_OPTIONS
    return tuple(Option(value, label or value) for value, label in entry.names("options").items())


def _columns(kind: str, entry: Entry) -> tuple[Field, ...]:
    columns = tuple(read_question(column.text("id"), column) for column in entry.entries("columns"))
    if any(KINDS[column.kind].shape != "one" for column in columns):
        entry.wrong("columns", "表格的一列不能是多选、名单、表格或检查清单。", "请换一种字段。")
    return columns or (PERSON_COLUMNS if kind == "person_list" else ())


def _check_names(question: Field, entry: Entry) -> None:
    """A name that pages, expressions and inputs can all use; only keys that this kind knows."""
    if not _ID.fullmatch(question.id) or question.id in CONTEXT:
        words = "请用小写字母开头，只用小写字母、数字和下划线，最多 40 个。"
        entry.wrong("", f"“{question.id}”不能用作字段名。", words)
    for key in sorted(entry.data.keys() & (_NARROW - KINDS[question.kind].takes)):
        entry.wrong(key, f"“{question.kind}”类字段不用“{key}”。", "请删去它，或改字段种类。")
    if question.privacy not in PRIVACY:
        near = nearest(question.privacy, PRIVACY) or f"请写 {'、'.join(PRIVACY)} 之一。"
        entry.wrong("privacy", f"没有“{question.privacy}”这个隐私级别。", near)


def _check_limits(question: Field, entry: Entry) -> None:
    """Options, columns and bounds that a person can meet."""
    takes = KINDS[question.kind].takes
    values = [option.value for option in question.options]
    given = question.options_from
    if given and (values or given not in OFFERED):
        entry.wrong(
            "options_from", f"选项不能取自“{given}”。", f"可以写 {'、'.join(OFFERED)}，并删去 options。"
        )
    elif "options" in takes and len(values) < 2 and not given:
        entry.wrong("options", "至少要有两个选项。", "请在 options 里补上。")
    for key in ("default", "words_when"):
        if (value := getattr(question, key)) and value not in values:
            entry.wrong(key, f"选项里没有“{value}”。", nearest(value, values) or "请写选项的值。")
    if question.kind == "table" and not question.columns:
        entry.wrong("columns", "表格没有列。", "请在 columns 里写出各列。")
    for key, written in (("min", question.minimum), ("max", question.maximum)):
        if written and not _is_limit(question.kind, written):
            entry.wrong(key, f"“{written}”不能作为界限。", "数字字段请写数字，日期字段请写日期或 today。")


def _is_limit(kind: str, written: str) -> bool:
    try:
        if kind == "date":
            return limit_date(written, date.min) <= date.max
        return Decimal(written).is_finite()
    except (InvalidOperation, ValueError):
        return False
