"""The public check and the public registry as JSON: the same facts as on the pages, no name of a person."""

from collections.abc import Mapping
from datetime import datetime

from certificates.checked import Checked
from certificates.public import (
    CANCELLED,
    CHANGED,
    EXPIRED,
    PARTLY_VALID,
    REVOKED,
    SUSPENDED,
    VALID,
    PublicLicence,
)
from certificates.registry import Entry, ListedLicence, Page
from engine.days import LOCAL

CERTIFICATE, REGISTRY = "onepermit.check.1", "onepermit.registry.1"
UNKNOWN, NOT_GENUINE = "unknown", "not_genuine"
STATES: Mapping[str, str] = {
    VALID: "valid",
    PARTLY_VALID: "partly_valid",
    CHANGED: "changed",
    SUSPENDED: "suspended",
    CANCELLED: "cancelled",
    REVOKED: "revoked",
    EXPIRED: "expired",
}
Json = dict[str, object]


def certificate_as_json(checked: Checked | None, now: datetime) -> Json:
    """What the page of one certificate says; `state` is unknown for an id that nobody has.

    It is not_genuine for a paper that is not ours: whoever reads nothing else must not take it for valid.
    `registered_state` is that of the certificate in the register, whatever paper was shown.
    """
    head: Json = {"format": CERTIFICATE, "checked_at": _moment(now)}
    if checked is None:
        return head | {"state": UNKNOWN}
    found = checked.found
    return head | {
        "state": STATES[checked.state] if checked.is_ours else NOT_GENUINE,
        "registered_state": STATES[found.state],
        "code": _paper(checked),
        "number": found.number,
        "issue": found.issue,
        "issued_on": found.issued_on.isoformat(),
        "issuer": found.issuer,
        "industry": found.industry,
        "operator": found.operator,
        "address": found.address,
        "uscc": found.uscc,
        "licences": [_licence(line) for line in found.licences],
        "earlier_licences": [_licence(line) for line in found.earlier],
    }


def registry_as_json(page: Page, more: str | None) -> Json:
    """A page of the registry; `next` is the address of the page after it."""
    return {"format": REGISTRY, "certificates": [_entry(each) for each in page.entries], "next": more}


def _paper(checked: Checked) -> Json | None:
    """What the token in the address is worth: null when there was none."""
    paper = checked.paper
    if paper is None:
        return None
    if paper.wrong:
        return {"genuine": False, "reason": paper.wrong}
    changed = [] if not checked.is_old else list(paper.changed)
    return {"genuine": True, "issue": paper.issue, "newest": not checked.is_old, "changed": changed}


def _licence(line: PublicLicence) -> Json:
    return {
        "item": line.item,
        "document": line.document,
        "number": line.number,
        "decider": line.decider,
        "scope": line.scope,
        "valid_from": line.valid_from.isoformat(),
        "valid_until": line.valid_until.isoformat() if line.valid_until else None,
        "state": STATES[line.state],
        "renewing": line.renewing,
        "stopped_on": line.stopped_on.isoformat() if line.stopped_on else None,
        "suspended_until": line.suspended_until.isoformat() if line.suspended_until else None,
    }


def _entry(entry: Entry) -> Json:
    return {
        "number": entry.number,
        "state": STATES[entry.state],
        "operator": entry.operator,
        "address": entry.address,
        "industry": entry.industry,
        "uscc": entry.uscc,
        "licences": [_listed(line) for line in entry.licences],
        "earlier_licences": [_listed(line) for line in entry.earlier],
    }


def _listed(line: ListedLicence) -> Json:
    return {
        "item": line.item,
        "number": line.number,
        "decider": line.decider,
        "valid_until": line.valid_until.isoformat() if line.valid_until else None,
        "state": STATES[line.state],
    }


def _moment(now: datetime) -> str:
    return now.astimezone(LOCAL).isoformat(timespec="seconds")
