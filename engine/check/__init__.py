"""Finds what is wrong with a process before it is published, and says how to mend it."""

from engine.check.model import check_model
from engine.check.rules import RULES, rule_of

__all__ = ["RULES", "check_model", "rule_of"]
