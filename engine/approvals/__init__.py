"""What takes effect only when a second person, who answers for it, says yes (four eyes)."""

from engine.approvals.asking import Wanted, ask, states_of
from engine.approvals.registry import Approval, Kind, find_kind, granting

__all__ = ["Approval", "Kind", "Wanted", "ask", "find_kind", "granting", "states_of"]
