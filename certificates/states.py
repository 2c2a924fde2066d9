"""Promises the states of a licence: which of them are in force, which may come back, which are for good.

`changed` is kept for licences of a time when a change of content was a state; such a licence is valid.
"""

VALID, CHANGED, SUSPENDED = "valid", "changed", "suspended"
CANCELLED, REVOKED, EXPIRED = "cancelled", "revoked", "expired"
IN_FORCE = (VALID, CHANGED)
LIVE = (*IN_FORCE, SUSPENDED)  # not ended: may still change, come back, or end
