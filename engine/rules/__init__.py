"""Decision tables (DMN 1.3): rules that differ by place or size, kept as tables that people can read."""

from engine.rules.facts import Rules, rules_named
from engine.rules.reading import read_table
from engine.rules.table import Row, Table, rule_path

__all__ = ["Row", "Rules", "Table", "read_table", "rule_path", "rules_named"]
