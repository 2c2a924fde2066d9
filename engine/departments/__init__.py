"""The departments: one small module each, with the rules and handlers that files call by name."""

from engine.departments import approval, fire, housing, market, tobacco, urban

__all__ = ["approval", "fire", "housing", "market", "tobacco", "urban"]
