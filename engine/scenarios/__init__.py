"""Made-up cases that every industry ships with: read from its files and carried through its diagram."""

from engine.scenarios.enough import check_scenarios
from engine.scenarios.reading import Scenario, read_scenarios
from engine.scenarios.usual import usual_form
from engine.scenarios.walking import Walk, walk

__all__ = ["Scenario", "Walk", "check_scenarios", "read_scenarios", "usual_form", "walk"]
