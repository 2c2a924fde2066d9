"""Finds what is wrong with a process before it is published, and says how to mend it."""

from engine.check.model import check_model
from engine.check.rules import RULES, rule_of
from engine.check.words import KnownItem, KnownLane, forms_of, items_of, lanes_of

__all__ = ["RULES", "KnownItem", "KnownLane", "check_model", "forms_of", "items_of", "lanes_of", "rule_of"]
