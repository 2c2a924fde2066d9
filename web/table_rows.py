"""Rows of a table without scripts: a button's value says which table grows, or which row goes."""

import re

from forms.inputs import Inputs

_GROW = re.compile(r"grow:([a-z][a-z0-9_]*)", re.ASCII)
_DROP = re.compile(r"drop:([a-z][a-z0-9_]*)-([0-9]{1,3})", re.ASCII)


def table_to_grow(action: str) -> str:
    """The table that the button asks for one more row of, or ""."""
    match = _GROW.fullmatch(action)
    return match[1] if match else ""


def row_to_drop(action: str) -> tuple[str, int] | None:
    """The table and the number of the row that the button takes away, or None."""
    match = _DROP.fullmatch(action)
    return (match[1], int(match[2])) if match else None


def dropped_row(inputs: Inputs, action: str) -> Inputs:
    """The inputs without the row that the button takes away; the rows below it move up."""
    going = row_to_drop(action)
    if going is None:
        return inputs
    table, gone = going
    cell = re.compile(rf"{table}-([0-9]{{1,3}})-(.+)", re.ASCII)
    kept: Inputs = {}
    for name, value in inputs.items():
        match = cell.fullmatch(name)
        if match is None:
            kept[name] = value
        elif int(match[1]) != gone:
            number = int(match[1]) - (int(match[1]) > gone)
            kept[f"{table}-{number}-{match[2]}"] = value
    return kept
