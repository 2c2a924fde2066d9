"""What a regulator is told of a licence: the decision, why, on which materials, and what was granted.

No more personal data than the paper itself shows (个人信息保护法第六条): whom it was granted to, and where.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from engine.catalogue import Catalogue
from engine.days import local_day
from engine.linked import EVIDENCE
from engine.tables import case_items, cases, materials, tasks

OPINIONS = ("review", "examine")  # the acts by which a reviewer says what it thinks
PROOF = "证明材料"
_OF_LICENCE = ("name", "document", "number", "decider", "scope", "state")


def content_of(db: Connection, licence: Row[Any], catalogue: Catalogue, decided_in: int) -> dict[str, object]:
    """Everything of `licence` (a row of engine.regulators.pushing), as it stands now.

    `decided_in` is the case in which it was decided: the licence's own, or one that followed it.
    """
    return {
        **{name: getattr(licence, name) for name in _OF_LICENCE},
        "valid_from": licence.valid_from.isoformat(),
        "valid_until": licence.valid_until.isoformat() if licence.valid_until else None,
        "certificate": licence.certificate_number,
        "public_id": licence.public_id,
        "industry": catalogue.industry.name,
        "operator": licence.operator,
        "uscc": licence.uscc,
        "legal_representative": licence.legal_representative,
        "address": licence.address,
        "case": licence.case_number,
        **_decision(db, licence.item, decided_in),
        "opinion": _opinion(db, licence.item, catalogue, decided_in),
        "materials": _materials(db, licence.item, catalogue, decided_in),
    }


def _decision(db: Connection, item: str, case_id: int) -> dict[str, object]:
    of_item = (case_items.c.case_id == case_id, case_items.c.item == item)
    query = select(case_items, cases.c.process).join(cases, cases.c.id == case_items.c.case_id)
    row = db.execute(query.where(*of_item)).one_or_none()
    if row is None:
        return {}
    decided = local_day(row.decided_at).isoformat() if row.decided_at else None
    said = {"kind": row.kind, "process": row.process, "way": row.way, "finding": row.finding}
    return {**said, "outcome": row.outcome, "reasons": row.reasons or "", "decided_on": decided}


def _opinion(db: Connection, item: str, catalogue: Catalogue, case_id: int) -> dict[str, object] | None:
    """The reviewer's last word: what, why, which office, when; None where nobody reviewed."""
    reviewed = select(tasks).where(
        tasks.c.case_id == case_id, tasks.c.item == item, tasks.c.act.in_(OPINIONS), tasks.c.state == "done"
    )
    row = db.execute(reviewed.order_by(tasks.c.done_at.desc()).limit(1)).one_or_none()
    if row is None or row.done_at is None:
        return None
    return {
        "word": row.outcome,
        "note": str((row.form or {}).get("note") or ""),
        "office": catalogue.office_name(row.department, row.region),
        "on": local_day(row.done_at).isoformat(),
    }


def _materials(db: Connection, item: str, catalogue: Catalogue, case_id: int) -> list[str]:
    """The names of what was handed in for the item; the files themselves stay with the case.

    What came with a change or a renewal is for all of its offices, whatever it is.
    """
    wanted = catalogue.handed_in_for([item])
    rows = db.execute(
        select(materials.c.material).where(materials.c.case_id == case_id).order_by(materials.c.id)
    )
    handed_in = dict.fromkeys(row.material for row in rows if row.material in {*wanted, EVIDENCE})
    return [PROOF if name == EVIDENCE else catalogue.materials[name].name for name in handed_in]
