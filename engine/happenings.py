"""What happens to a case that the law attaches something to: clocks, letters, messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.cases import Case
from engine.deployments import Deployment

# Kind → what its `values` hold, beside the items that it concerns.
KINDS: Mapping[str, str] = {
    "submitted": "",
    "accepted": "silent (bool): by silence",
    "not_accepted": "ground (not_needed, not_ours, other), right_body, reasons",
    "correction_asked": "round, due_on, points: each {department, item, label, type, reason, wanted}, words",
    "corrected": "round",
    "correction_lapsed": "round, due_on",
    "visit_arranged": "how (site, remote), place, slots: in words, answer_by, note",
    "visit_settled": "how, place, day, half (am, pm), offices: each {office, items, people}, note",
    "inspected": "how, place, held_on (several days: in words), people, party, results: each {label, basis, "
    "items, department, result, words}, findings: each {item, finding}, failed (bool), note, recording, "
    "opinions, photos, signatures",
    "reinspected": "the same: how (may be paper), held_on, failed and so on",
    "rectification_asked": "due_on, failures: each as in results",
    "rectified": "",
    "rectification_lapsed": "due_on",
    "recheck_planned": "how (site, remote), place, day, half (am, pm)",
    "announced": "place, first_day, last_day",
    "hearing_offered": "ask_by, reasons",
    "hearing_asked": "request: the applicant's words",
    "hearing_declined": "by (applicant, time; called off: withdrawn, absent, mistaken)",
    "hearing_called": "takes_place_at, place, chair, days: working days until then",
    "hearing_held": "held_on, chair, conclusion",
    "paused": "kind, days, reason, law",
    "resumed": "kind, reason, law",
    "extended": "days, reason, approver",
    "later_promised": "material, label, promised_on",
    "later_handed_in": "material, label",
    "later_lapsed": "material, label, promised_on",
    "granted": "reasons, minutes (of a hearing), commitment (bool), number (if licensed at once)",
    "refused": "reasons, remedies, minutes (of a hearing)",
    "withdrawn": "reasons; by its process (engine.linked.told_of) name, anew, stays, runs_out",
    "ended": "status",
    "commitment_due": "days: working days until the check is due",
    "commitment_withdrawn": "",
    "commitment_kept": "",
    "commitment_to_mend": "words, until",
    "commitment_false": "words",
    "revoked": "reasons, document, number, remedies",
    "life_asked": "name (engine.linked.Kind), what: each change in words, days",
    "life_refused": "name, reasons, remedies; by its process stays, runs_out",
    "changed": "what, issue: the new one (none: there is no new one)",
    "renewed": "silent (bool), document, number, issue, until: last day of the new term (none: no end)",
    "cancelled": "document, number",
    "reissued": "issue, number (of the certificate), reasons",
    "suspended": "document, number, reasons, remedies, issue, until: last day (none: until it is lifted)",
    "suspension_lifted": "document, number, reasons, issue",
    "suspension_over": "document, number, until: the last day of the suspension",
    "revocation_planned": "words, document, number",
    "revocation_dropped": "document, number",
    "overtaken": "name",
    "renewal_due": "document, number, until, days, opens: from when it may be asked for (none: now), closes, "
    "missed (bool): closes is over",
    "expired": "document, number, until",
}


@dataclass(frozen=True)
class Happened:
    """One thing that happened to `case`, as it stands afterwards; `items` () when it is about the whole.

    `actor` is as the log names it (engine.events.actor_of). `values` are what a letter or message says, under
    the names of KINDS; days are ISO text.
    """

    kind: str
    case: Case
    deployment: Deployment
    actor: str
    items: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"nothing is called {self.kind!r}")
