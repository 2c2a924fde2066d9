"""Reads the decision tables that the conditions of a catalogue name."""

from collections.abc import Iterator

from engine.catalogue.reading import Sheets
from engine.catalogue.stated import conditions_of
from engine.rules import Table, read_table, rule_path, rules_named
from forms.mistakes import Mistake, Mistakes, nearest
from forms.source import Files


def read_tables(sheets: Sheets, files: Files) -> tuple[dict[str, Table], list[Mistake]]:
    """The tables that conditions name, by name, and what is wrong with them or with the naming."""
    tables: dict[str, Table] = {}
    mistakes: list[Mistake] = []
    for stated in conditions_of(sheets):
        names, plain = rules_named(stated.condition)
        if not plain:
            says = 'rules 只能写成 rules["决策表名"]。'
            mistakes.append(stated.document.mistake(stated.keys, says, "请改成这种写法。"))
        for name in sorted(names - tables.keys()):
            path = rule_path(name)
            if path not in files:
                do = nearest(name, _known(files)) or f"请补上 {path}。"
                mistakes.append(stated.document.mistake(stated.keys, f"没有决策表“{name}”。", do))
                continue
            try:
                tables[name] = read_table(files[path], path)
            except Mistakes as found:
                mistakes += found.mistakes
    return tables, mistakes


def _known(files: Files) -> Iterator[str]:
    before, after = rule_path("*").split("*")
    return (path.removeprefix(before).removesuffix(after) for path in files if path.startswith(before))
